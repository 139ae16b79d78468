"""What closes each route to a claim, and what an open one asks, with the articles."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from exigible.droit.competence import CONSULAIRES, JUDICIAIRES, Competence, get_seuil
from exigible.droit.competence_faits import COMMERCANTS, Demande, Juridiction, Motif, Objet, Qualite, Voie
from exigible.droit.phrase import phrase

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


@dataclass(frozen=True, slots=True)
class Procedures:
    """First days of the special procedures, and whether the decree of one was found."""

    incontestees: date
    decret_incontestees: bool
    reforme_injonction: date


@cache
def load_procedures() -> Procedures:
    """Read them from `competence.toml`."""
    texte = resources.files("exigible.droit").joinpath("competence.toml").read_text(encoding="utf-8")
    donnees = tomllib.loads(texte)["procedures"]
    return Procedures(
        incontestees=donnees["incontestees"]["debut"],
        decret_incontestees=donnees["incontestees"]["decret"],
        reforme_injonction=donnees["injonction_de_payer"]["reforme"],
    )


# ------------------------------------------------------------------------------------------------ what closes


def find_fermetures(voie: Voie, demande: Demande, competence: Competence) -> tuple[Motif, ...]:
    """Say everything that closes a route; nothing when it is open."""
    juges = {
        Voie.INJONCTION: _judge_injonction,
        Voie.SIMPLIFIEE: _judge_simplifiee,
        Voie.INCONTESTEES: _judge_incontestees,
        Voie.REFERE: _judge_refere,
        Voie.FOND: _judge_fond,
        Voie.INJONCTION_EUROPEENNE: _judge_europeenne,
    }
    return _close_sans_juge(competence) or juges[voie](demande, competence)


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
    if is_facture_entre_commercants(demande) and demande.jour >= load_procedures().incontestees:
        message = phrase(
            "Facture entre commerçants : la loi du 23 avril 2026 la réserve au recouvrement des créances commerciales "
            "incontestées."
        )
        motifs.append(Motif("reservee_aux_incontestees", message, ("CPCE L125-1", "CPCE L126-1")))
    return tuple(motifs)


def is_facture_entre_commercants(demande: Demande) -> bool:
    """Say whether an invoice was issued by a merchant to another."""
    return demande.objet is Objet.FACTURE and {demande.creancier, demande.debiteur} <= COMMERCANTS


def _judge_incontestees(demande: Demande, _competence: Competence) -> tuple[Motif, ...]:
    procedures = load_procedures()
    if demande.jour < procedures.incontestees:
        message = phrase("Cette procédure n'existait pas encore : elle vient de la loi n° 2026-307 du 23 avril 2026.")
        return (Motif("incontestees_pas_encore", message, ("CPCE L126-1",)),)
    motifs: list[Motif] = []
    if not is_facture_entre_commercants(demande):
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


def describe_voie(voie: Voie, demande: Demande, competence: Competence) -> tuple[Motif, ...]:
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
    reforme = demande.jour >= load_procedures().reforme_injonction
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
