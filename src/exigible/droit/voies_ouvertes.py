"""Which routes are open for a claim, why the others are closed, and what each costs to enter.

The six routes of the contract. An open route may still fail on the evidence, a dispute or the limitation: that belongs
to the case. An unknown fact (a cross-border party, a decree that was not found) closes a route, and the reason says so.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from exigible.droit.competence import CONSULAIRES, JUDICIAIRES, Competence, compute_competence, get_seuil
from exigible.droit.competence_faits import (
    COMMERCANTS,
    SANS_AVOCAT,
    SANS_JUGE,
    Demande,
    Juridiction,
    Motif,
    Objet,
    Qualite,
    Voie,
)
from exigible.droit.erreurs import Avertissement
from exigible.droit.frais_justice import Demandeur, Frais, list_frais
from exigible.droit.phrase import Phrase, phrase

J = Juridiction
_INJONCTION = JUDICIAIRES | CONSULAIRES
_ARTICLES_REFERE = {
    J.TRIBUNAL_JUDICIAIRE: "CPC 835",
    J.JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION: "CPC 835",
    J.TRIBUNAL_DE_COMMERCE: "CPC 873",
    J.TRIBUNAL_DES_ACTIVITES_ECONOMIQUES: "CPC 873",
    J.CONSEIL_DE_PRUD_HOMMES: "C. trav. R1455-7",
    J.TRIBUNAL_ADMINISTRATIF: "CJA R541-1",
}
_SAISINES = {
    J.TRIBUNAL_JUDICIAIRE: (
        phrase("Le tribunal est saisi par assignation ou par requête conjointe."),
        ("CPC 54", "CPC 750"),
    ),
    J.JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION: (
        phrase("Le juge est saisi par assignation ou par requête conjointe."),
        ("CPC 54", "CPC 818"),
    ),
    J.TRIBUNAL_DE_COMMERCE: (phrase("Le tribunal est saisi par assignation ou par requête conjointe."), ("CPC 854",)),
    J.TRIBUNAL_DES_ACTIVITES_ECONOMIQUES: (
        phrase("Le tribunal est saisi par assignation ou par requête conjointe."),
        ("CPC 854",),
    ),
    J.CONSEIL_DE_PRUD_HOMMES: (phrase("Le conseil est saisi par requête au greffe."), ("C. trav. R1452-1",)),
    J.TRIBUNAL_ADMINISTRATIF: (
        phrase("Le tribunal est saisi par requête, après décision de l'administration."),
        ("CJA R421-1",),
    ),
    J.JUGE_AUX_AFFAIRES_FAMILIALES: (phrase("Le juge est saisi par assignation ou par requête."), ("CPC 1137",)),
    J.JUGE_DE_L_EXECUTION: (
        phrase("Le juge est saisi par assignation, ou par requête pour autoriser une mesure conservatoire."),
        ("CPCE R121-11", "CPCE L511-1"),
    ),
}


LIBELLES_VOIES = {
    Voie.INJONCTION: phrase("Injonction de payer"),
    Voie.SIMPLIFIEE: phrase("Procédure simplifiée de recouvrement des petites créances"),
    Voie.INCONTESTEES: phrase("Recouvrement des créances commerciales incontestées"),
    Voie.REFERE: phrase("Référé-provision"),
    Voie.FOND: phrase("Action au fond"),
    Voie.INJONCTION_EUROPEENNE: phrase("Injonction de payer européenne"),
}


@dataclass(frozen=True, slots=True)
class VoieOuverte:
    """A route: open or not, and why; the court that it leads to, what it requires and what it costs to enter.

    When it is closed, `motifs` are what closes it, and `frais` is empty.
    """

    voie: Voie
    libelle: Phrase
    ouverte: bool
    juridiction: Juridiction
    libelle_juridiction: Phrase
    avocat_obligatoire: bool
    tentative_amiable: bool
    motifs: tuple[Motif, ...]
    frais: tuple[Frais, ...] = ()
    avertissements: tuple[Avertissement, ...] = ()

    @property
    def tae(self) -> bool:
        """Whether it leads to an economic court."""
        return self.juridiction is J.TRIBUNAL_DES_ACTIVITES_ECONOMIQUES


@dataclass(frozen=True, slots=True)
class _Procedures:
    """First days of the special procedures, and whether the decree of one was found."""

    incontestees: date
    decret_incontestees: bool
    reforme_injonction: date


def list_voies(demande: Demande, demandeur: Demandeur | None = None) -> tuple[VoieOuverte, ...]:
    """Judge the six routes for a claim. Raises what `compute_competence` raises."""
    competence = compute_competence(demande)
    return tuple(_build_voie(voie, demande, competence, demandeur or Demandeur()) for voie in Voie)


def find_premiere_ouverte(voies: tuple[VoieOuverte, ...]) -> VoieOuverte | None:
    """The first open route, in the order of `Voie`: the lightest one for a claim that nobody disputes."""
    return next((voie for voie in voies if voie.ouverte), None)


@cache
def _load_procedures() -> _Procedures:
    texte = resources.files("exigible.droit").joinpath("competence.toml").read_text(encoding="utf-8")
    donnees = tomllib.loads(texte)["procedures"]
    return _Procedures(
        incontestees=donnees["incontestees"]["debut"],
        decret_incontestees=donnees["incontestees"]["decret"],
        reforme_injonction=donnees["injonction_de_payer"]["reforme"],
    )


def _build_voie(voie: Voie, demande: Demande, competence: Competence, demandeur: Demandeur) -> VoieOuverte:
    juges = {
        Voie.INJONCTION: _judge_injonction,
        Voie.SIMPLIFIEE: _judge_simplifiee,
        Voie.INCONTESTEES: _judge_incontestees,
        Voie.REFERE: _judge_refere,
        Voie.FOND: _judge_fond,
        Voie.INJONCTION_EUROPEENNE: _judge_europeenne,
    }
    sans_juge = voie in SANS_JUGE
    fermetures = _close_sans_juge(competence) or juges[voie](demande, competence)
    motifs = fermetures or _describe(voie, demande, competence)
    tentative = competence.tentative_amiable and voie not in SANS_AVOCAT
    return VoieOuverte(
        voie=voie,
        libelle=LIBELLES_VOIES[voie],
        ouverte=not fermetures,
        juridiction=J.AUCUNE if sans_juge else competence.juridiction,
        libelle_juridiction=phrase("Commissaire de justice, sans juge") if sans_juge else competence.libelle,
        avocat_obligatoire=competence.avocat_obligatoire and voie not in SANS_AVOCAT,
        tentative_amiable=tentative,
        motifs=motifs,
        frais=() if fermetures else list_frais(voie, demande, competence, demandeur),
        avertissements=_list_avertissements(voie, demande, ouverte=not fermetures),
    )


# ------------------------------------------------------------------------------------------------ what closes


def _close_sans_juge(competence: Competence) -> tuple[Motif, ...]:
    """Close every route to a public creditor: it makes its own title."""
    return competence.motifs[:1] if competence.juridiction is J.AUCUNE else ()


def _judge_injonction(demande: Demande, competence: Competence) -> tuple[Motif, ...]:
    motifs: list[Motif] = []
    if competence.juridiction not in _INJONCTION:
        motifs.append(
            Motif(
                "injonction_autre_juge",
                phrase(
                    "L'injonction de payer n'existe que devant le tribunal judiciaire, le juge des contentieux de la "
                    "protection et le tribunal de commerce."
                ),
                ("CPC 1406",),
            )
        )
    return (*motifs, *_require_contrat(demande, "CPC 1405"))


def _require_contrat(demande: Demande, article: str) -> tuple[Motif, ...]:
    if demande.objet not in {Objet.DOMMAGES, Objet.PENSION, Objet.EXECUTION}:
        return ()
    message = phrase("La créance doit avoir une cause contractuelle ou statutaire, pour un montant déterminé.")
    return (Motif("cause_non_contractuelle", message, (article,)),)


def _judge_refere(_demande: Demande, competence: Competence) -> tuple[Motif, ...]:
    if competence.juridiction in _ARTICLES_REFERE:
        return ()
    if competence.juridiction is J.JUGE_DE_L_EXECUTION:
        message = phrase("Le juge de l'exécution se saisit directement, non en référé.")
        return (Motif("pas_de_refere", message, ("CPCE R121-11",)),)
    message = phrase(
        "Une pension se demande au juge aux affaires familiales, au fond ; aucun référé-provision n'est relevé ici."
    )
    return (Motif("refere_non_releve", message, ("CPC 1137",)),)


def _judge_fond(_demande: Demande, _competence: Competence) -> tuple[Motif, ...]:
    return ()


def _judge_simplifiee(demande: Demande, _competence: Competence) -> tuple[Motif, ...]:
    motifs = list(_require_contrat(demande, "CPCE L125-1"))
    seuil = get_seuil(demande, "petites_creances")
    if demande.montant > seuil.valeur:
        message = phrase("La créance dépasse {seuil}, intérêts compris.", seuil=seuil.valeur)
        motifs.append(Motif("montant_trop_eleve", message, (seuil.article,)))
    if Qualite.PERSONNE_PUBLIQUE in {demande.creancier, demande.debiteur}:
        message = phrase(
            "Une personne publique est partie : ses biens ne se saisissent pas et sa dette suit d'autres règles."
        )
        motifs.append(Motif("personne_publique", message, ("CGPPP L2311-1",)))
    if demande.objet is Objet.EFFET:
        message = phrase(
            "L'engagement par lettre de change ou billet à ordre n'est pas visé ; la facture qu'il règle peut l'être."
        )
        motifs.append(Motif("engagement_cambiaire", message, ("CPCE L125-1",)))
    if demande.objet is Objet.SALAIRE:
        message = phrase(
            "Le salaire relève du seul conseil de prud'hommes : par prudence, cette voie n'est pas proposée."
        )
        motifs.append(Motif("contrat_de_travail", message, ("C. trav. L1411-4",)))
    if _is_facture_entre_commercants(demande) and demande.jour >= _load_procedures().incontestees:
        message = phrase(
            "Facture entre commerçants : la loi du 23 avril 2026 la réserve au recouvrement des créances commerciales "
            "incontestées."
        )
        motifs.append(Motif("reservee_aux_incontestees", message, ("CPCE L125-1", "CPCE L126-1")))
    return tuple(motifs)


def _is_facture_entre_commercants(demande: Demande) -> bool:
    return demande.objet is Objet.FACTURE and {demande.creancier, demande.debiteur} <= COMMERCANTS


def _judge_incontestees(demande: Demande, _competence: Competence) -> tuple[Motif, ...]:
    procedures = _load_procedures()
    if demande.jour < procedures.incontestees:
        message = phrase("Cette procédure n'existait pas encore : elle vient de la loi n° 2026-307 du 23 avril 2026.")
        return (Motif("incontestees_pas_encore", message, ("CPCE L126-1",)),)
    motifs: list[Motif] = []
    if not _is_facture_entre_commercants(demande):
        message = phrase(
            "Elle ne vaut que pour une créance facturée entre commerçants : ni artisan, ni profession libérale, ni "
            "société civile, ni particulier."
        )
        motifs.append(Motif("pas_entre_commercants", message, ("CPCE L126-1",)))
    if not procedures.decret_incontestees:
        message = phrase("Elle n'est pas encore applicable ici : son décret d'application n'a pas été trouvé.")
        motifs.append(Motif("decret_non_trouve", message, ("L. n° 2026-307",)))
    return tuple(motifs)


def _judge_europeenne(demande: Demande, competence: Competence) -> tuple[Motif, ...]:
    article = "Règl. (CE) n° 1896/2006"
    motifs: list[Motif] = []
    if demande.transfrontalier is None:
        message = phrase(
            "Elle suppose un litige transfrontalier : une partie dans un autre État de l'Union (Danemark excepté). "
            "Dites-le pour l'ouvrir."
        )
        motifs.append(Motif("transfrontalier_inconnu", message, (article, "CPC 1424-1")))
    elif not demande.transfrontalier:
        message = phrase("Les deux parties sont en France : le litige n'est pas transfrontalier.")
        motifs.append(Motif("non_transfrontalier", message, (article,)))
    if competence.juridiction not in _INJONCTION:
        message = phrase(
            "Elle n'existe que devant le tribunal judiciaire, ses juges civils et le tribunal de commerce."
        )
        motifs.append(Motif("matiere_exclue", message, (article,)))
    if demande.objet is Objet.DOMMAGES:
        message = phrase("Une obligation non contractuelle en est exclue, sauf accord ou reconnaissance de dette.")
        motifs.append(Motif("cause_non_contractuelle", message, (article,)))
    return tuple(motifs)


# ------------------------------------------------------------------------------------------------ what open ones ask


def _describe(voie: Voie, demande: Demande, competence: Competence) -> tuple[Motif, ...]:
    """Say what an open route is and requires."""
    if voie is Voie.INJONCTION:
        return _describe_injonction(demande)
    if voie is Voie.FOND:
        return (_describe_saisine(demande, competence), *competence.motifs)
    if voie is Voie.REFERE:
        message = phrase(
            "Le juge des référés accorde une provision si l'obligation n'est pas sérieusement contestable."
        )
        article = _ARTICLES_REFERE[competence.juridiction]
        return (Motif("obligation_non_contestable", message, (article,)), *competence.motifs)
    if voie is Voie.SIMPLIFIEE:
        message = phrase(
            "Un commissaire de justice du ressort de la cour d'appel du débiteur l'invite à un accord ; un mois de "
            "silence vaut refus, et dispense de la tentative amiable devant le tribunal."
        )
        return (Motif("accord_du_debiteur", message, ("CPCE L125-1", "CPCE R125-1")),)
    if voie is Voie.INCONTESTEES:
        message = phrase(
            "Un commissaire de justice signifie un commandement de payer ; sans contestation pendant un mois, il "
            "dresse un procès-verbal que le greffier rend exécutoire."
        )
        return (Motif("sans_contestation", message, ("CPCE L126-1", "CPCE L126-4")),)
    message = phrase(
        "Le litige est transfrontalier : formulaire A au greffe, sans avocat, opposition pendant trente jours."
    )
    return (Motif("litige_transfrontalier", message, ("Règl. (CE) n° 1896/2006", "CPC 1424-2")),)


def _describe_injonction(demande: Demande) -> tuple[Motif, ...]:
    reforme = demande.jour >= _load_procedures().reforme_injonction
    signification = phrase(
        "L'ordonnance est à signifier dans les six mois de sa date, faute de quoi elle est non avenue."
    )
    if reforme:
        signification = phrase(
            "L'ordonnance est à signifier dans les trois mois de sa date, faute de quoi elle est non avenue ; elle "
            "n'est exécutoire que deux mois après sa signification."
        )
    cas = "CPC 1405 2°" if demande.objet is Objet.EFFET else "CPC 1405 1°"
    return (
        Motif(
            "cause_contractuelle",
            phrase("La créance est contractuelle ou statutaire et déterminée, ou naît d'un effet de commerce."),
            (cas,),
        ),
        Motif(
            "sans_avocat", phrase("La requête se fait sans avocat, par le créancier ou tout mandataire."), ("CPC 1407",)
        ),
        Motif(
            "sans_tentative",
            phrase("Aucune tentative amiable préalable, quel que soit le montant, même en cas d'opposition."),
            ("Cass. 2e civ., avis, 25 sept. 2025, n° 25-70.013",),
        ),
        Motif(
            "juge_du_debiteur",
            phrase("Le seul juge compétent est celui du lieu où demeure le débiteur."),
            ("CPC 1406",),
        ),
        Motif(
            "signification_a_faire",
            signification,
            ("CPC 1411", "CPC 1422") if reforme else ("CPC 1411",),
        ),
    )


def _describe_saisine(demande: Demande, competence: Competence) -> Motif:
    if competence.requete_possible:
        seuil = get_seuil(demande, "requete_tribunal_judiciaire")
        message = phrase("Jusqu'à {seuil} compris, une simple requête au greffe suffit.", seuil=seuil.valeur)
        return Motif("requete_possible", message, (seuil.article,))
    message, articles = _SAISINES[competence.juridiction]
    return Motif("saisine", message, articles)


def _list_avertissements(voie: Voie, demande: Demande, *, ouverte: bool) -> tuple[Avertissement, ...]:
    if voie is Voie.INCONTESTEES and demande.jour >= _load_procedures().incontestees:
        return (
            Avertissement(
                "incontestees_a_verifier",
                phrase(
                    "La loi n° 2026-307 est promulguée mais son décret n'a pas été trouvé : vérifiez "
                    "s'il a paru depuis."
                ),
            ),
        )
    if voie is Voie.SIMPLIFIEE and not ouverte and _is_facture_entre_commercants(demande):
        return (
            Avertissement(
                "exclusion_a_verifier",
                phrase(
                    "L'exclusion des factures entre commerçants vient d'une source secondaire : la "
                    "lettre du texte est à vérifier."
                ),
            ),
        )
    if voie is Voie.INJONCTION and ouverte and demande.objet is Objet.CHEQUE:
        return (
            Avertissement(
                "certificat_de_non_paiement",
                phrase(
                    "Le chèque a sa voie propre, sans juge : certificat de non-paiement signifié, puis "
                    "titre exécutoire du commissaire de justice quinze jours après (CMF L131-73)."
                ),
            ),
        )
    if voie is Voie.INJONCTION and ouverte and demande.objet is Objet.COPROPRIETE:
        return (
            Avertissement(
                "lieu_de_l_immeuble",
                phrase("Le juge serait ici celui du lieu de l'immeuble, et non celui du débiteur : à vérifier."),
            ),
        )
    return ()
