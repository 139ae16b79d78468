"""Which court: from who claims what from whom, how much, where and when.

`compute_competence` names the court, says whether a lawyer and a prior amicable attempt are required, and why. Which
routes lead there is in `voies_ouvertes.py`. What a postcode does not tell is said, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from exigible.droit.bareme import Valeur, load_bareme
from exigible.droit.competence_faits import COMMERCANTS, Demande, Juridiction, Motif, Objet, Qualite, check_demande
from exigible.droit.competence_lieu import Lieu, Zone, find_lieu, find_ressort
from exigible.droit.competence_matiere import Matiere, choose_matiere
from exigible.droit.erreurs import Avertissement, ErreurBareme
from exigible.droit.phrase import Phrase, phrase

_PARIS = "75"
J = Juridiction
JUDICIAIRES = frozenset({J.TRIBUNAL_JUDICIAIRE, J.JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION})
CONSULAIRES = frozenset({J.TRIBUNAL_DE_COMMERCE, J.TRIBUNAL_DES_ACTIVITES_ECONOMIQUES})
LIBELLES = {
    J.TRIBUNAL_DE_COMMERCE: phrase("Tribunal de commerce"),
    J.TRIBUNAL_DES_ACTIVITES_ECONOMIQUES: phrase("Tribunal des activités économiques"),
    J.TRIBUNAL_JUDICIAIRE: phrase("Tribunal judiciaire"),
    J.JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION: phrase("Juge des contentieux de la protection"),
    J.CONSEIL_DE_PRUD_HOMMES: phrase("Conseil de prud'hommes"),
    J.TRIBUNAL_ADMINISTRATIF: phrase("Tribunal administratif"),
    J.JUGE_AUX_AFFAIRES_FAMILIALES: phrase("Juge aux affaires familiales"),
    J.JUGE_DE_L_EXECUTION: phrase("Juge de l'exécution"),
    J.AUCUNE: phrase("Aucun juge à saisir"),
}

_AVANT_2020 = phrase(
    "Avant le 1er janvier 2020, les tribunaux étaient d'autres (instance, grande instance), et leurs seuils aussi : "
    "choisissez une date plus récente."
)
_SEUILS_AVOCAT = {
    J.TRIBUNAL_JUDICIAIRE: "dispense_avocat_tribunal_judiciaire",
    J.TRIBUNAL_DE_COMMERCE: "dispense_avocat_tribunal_de_commerce",
    J.TRIBUNAL_DES_ACTIVITES_ECONOMIQUES: "dispense_avocat_tribunal_de_commerce",
    J.JUGE_DE_L_EXECUTION: "dispense_avocat_juge_de_l_execution",
}


@dataclass(frozen=True, slots=True)
class Competence:
    """The court of a claim, as to its merits.

    `commerciale`: it judges as a commercial court (the commercial chamber of Alsace-Moselle too). `exclusive`: the
    judicial court alone, whatever the amount. `au_choix`: other courts open to this creditor. `requete_possible`: a
    mere request is enough (CPC 818). `dernier_ressort`: no appeal; None when the threshold is not coded.
    """

    juridiction: Juridiction
    libelle: Phrase
    commerciale: bool
    exclusive: bool
    au_choix: tuple[Juridiction, ...]
    avocat_obligatoire: bool
    tentative_amiable: bool
    procedure_orale: bool
    requete_possible: bool
    dernier_ressort: bool | None
    motifs: tuple[Motif, ...]
    avertissements: tuple[Avertissement, ...]

    @property
    def tae(self) -> bool:
        """Whether the court is an economic court."""
        return self.juridiction is J.TRIBUNAL_DES_ACTIVITES_ECONOMIQUES


def compute_competence(demande: Demande) -> Competence:
    """Name the court of a claim.

    Raises ErreurSaisie on a claim that cannot be, ErreurBareme (`date_hors_bareme`) before 1 January 2020, when the
    courts were others.
    """
    check_demande(demande)
    try:
        load_bareme("competence").get_valeur(demande.jour, "chambre_de_proximite")
    except ErreurBareme as erreur:
        raise ErreurBareme(erreur.code, _AVANT_2020, "jour") from erreur
    lieu = find_lieu(demande.code_postal, demande.jour)
    matiere = choose_matiere(demande)
    situee = _locate(matiere, lieu)
    avocat, motif_avocat, avert_avocat = _find_avocat(situee, demande)
    orale = _is_orale(situee, avocat=avocat)
    tentative, motif_tentative, avert_tentative = _find_tentative(situee, demande)
    return Competence(
        juridiction=situee.juridiction,
        libelle=_write_libelle(matiere, situee, lieu),
        commerciale=matiere.juridiction is J.TRIBUNAL_DE_COMMERCE,
        exclusive=matiere.exclusive,
        au_choix=situee.au_choix,
        avocat_obligatoire=avocat,
        tentative_amiable=tentative,
        procedure_orale=orale,
        requete_possible=orale and situee.juridiction in JUDICIAIRES and _is_requete(demande),
        dernier_ressort=_is_dernier_ressort(situee.juridiction, demande),
        motifs=tuple(
            m
            for m in (matiere.motif, motif_avocat, motif_tentative, find_ressort(demande.objet, matiere.juridiction))
            if m is not None
        ),
        avertissements=(
            *situee.avertissements,
            *_list_avertissements_lieu(matiere, situee, lieu, demande),
            *avert_avocat,
            *avert_tentative,
            *_warn_preuve(demande),
        ),
    )


def get_seuil(demande: Demande, serie: str) -> Valeur:
    """Read a threshold in euros on the day of the claim; it is included."""
    return load_bareme("competence").get_valeur(demande.jour, serie)


# ------------------------------------------------------------------------------------------------ place


def _locate(matiere: Matiere, lieu: Lieu) -> Matiere:
    """Put the place in: economic court, or the commercial chamber of Alsace-Moselle."""
    if lieu.zone is Zone.ALSACE_MOSELLE:
        chambre = J.TRIBUNAL_JUDICIAIRE if matiere.juridiction is J.TRIBUNAL_DE_COMMERCE else matiere.juridiction
        ailleurs = tuple(a for a in matiere.avertissements if a.code != "choix_du_creancier")
        return replace(matiere, juridiction=chambre, au_choix=(), avertissements=ailleurs)
    if not lieu.tae:
        return matiere
    tae = J.TRIBUNAL_DES_ACTIVITES_ECONOMIQUES
    return replace(
        matiere,
        juridiction=tae if matiere.juridiction is J.TRIBUNAL_DE_COMMERCE else matiere.juridiction,
        au_choix=tuple(tae for _choix in matiere.au_choix),
    )


def _write_libelle(matiere: Matiere, situee: Matiere, lieu: Lieu) -> Phrase:
    libelle = LIBELLES[situee.juridiction]
    if matiere.juridiction is not J.TRIBUNAL_DE_COMMERCE:
        return phrase("Tribunal judiciaire de Paris") if _is_paris(situee, lieu) else libelle
    if lieu.zone is Zone.ALSACE_MOSELLE:
        return phrase("Chambre commerciale du tribunal judiciaire")
    if lieu.zone is Zone.OUTRE_MER:
        return phrase("Tribunal mixte de commerce")
    return _write_siege(libelle, lieu.siege) if lieu.siege else libelle


def _is_paris(matiere: Matiere, lieu: Lieu) -> bool:
    return lieu.departement == _PARIS and matiere.juridiction is J.TRIBUNAL_JUDICIAIRE


def _write_siege(tribunal: Phrase, siege: str) -> Phrase:
    if siege.startswith("Le "):
        return phrase("{tribunal} du {ville}", tribunal=tribunal, ville=siege.removeprefix("Le "))
    if siege[0] in "AEÉIOUY":
        return phrase("{tribunal} d'{ville}", tribunal=tribunal, ville=siege)
    return phrase("{tribunal} de {ville}", tribunal=tribunal, ville=siege)


def _list_avertissements_lieu(
    matiere: Matiere, situee: Matiere, lieu: Lieu, demande: Demande
) -> tuple[Avertissement, ...]:
    """Say what the place leaves unknown."""
    if matiere.juridiction is J.AUCUNE:
        return ()
    avertissements: list[Avertissement] = []
    consulaire = matiere.juridiction is J.TRIBUNAL_DE_COMMERCE or bool(matiere.au_choix)
    if consulaire and lieu.zone is Zone.INCONNUE:
        avertissements.append(
            Avertissement(
                "lieu_inconnu",
                phrase(
                    "Sans le code postal du débiteur, le programme ne sait pas si le tribunal de "
                    "commerce est un tribunal des activités économiques, ni s'il s'agit de "
                    "l'Alsace-Moselle ou de l'outre-mer."
                ),
            )
        )
    elif consulaire and lieu.tae_possible:
        avertissements.append(
            Avertissement(
                "tae_possible",
                phrase(
                    "Ce département se partage entre un tribunal des activités économiques et d'autres "
                    "tribunaux de commerce : cherchez lequel juge cette commune."
                ),
            )
        )
    if consulaire and lieu.zone is Zone.ALSACE_MOSELLE:
        avertissements.append(
            Avertissement(
                "alsace_moselle",
                phrase(
                    "Une chambre du tribunal judiciaire y juge en matière commerciale, selon la "
                    "procédure de ce tribunal (CPC, annexe, art. 38) : l'avocat et la tentative amiable "
                    "sont comptés comme devant lui, ce qui est à vérifier : sur place, l'avocat est souvent tenu "
                    "pour obligatoire quel que soit le montant."
                ),
            )
        )
    avertissements.extend(_warn_siege(matiere, situee, lieu))
    seuil = get_seuil(demande, "chambre_de_proximite")
    proximite = matiere.juridiction is J.TRIBUNAL_JUDICIAIRE and not matiere.exclusive
    if proximite and demande.montant <= seuil.valeur and lieu.departement != _PARIS:
        avertissements.append(
            Avertissement(
                "tribunal_de_proximite_possible",
                phrase(
                    "Jusqu'à {valeur}, l'affaire peut relever d'un tribunal de proximité, chambre du "
                    "tribunal judiciaire, si la commune en dépend (COJ D212-19-1, tableau IV-II).",
                    valeur=seuil.valeur,
                ),
            )
        )
    return tuple(avertissements)


def _warn_siege(matiere: Matiere, situee: Matiere, lieu: Lieu) -> tuple[Avertissement, ...]:
    if _is_paris(situee, lieu) or (lieu.departement == _PARIS and situee.juridiction in CONSULAIRES):
        return ()
    if matiere.juridiction is J.TRIBUNAL_DE_COMMERCE and lieu.siege:
        return (
            Avertissement(
                "siege_a_confirmer",
                phrase(
                    "Siège déduit du code postal (C. com. annexe 7-1, état de 2014) : quelques communes "
                    "ont le code postal du département voisin, confirmez-le."
                ),
            ),
        )
    return (
        Avertissement(
            "siege_a_rechercher",
            phrase(
                "Le siège du tribunal est à rechercher d'après la commune, par exemple dans "
                "l'annuaire du ministère de la Justice : le code postal ne suffit pas."
            ),
        ),
    )


# ------------------------------------------------------------------------------------------------ amount

_Reponse = tuple[bool, Motif | None, tuple[Avertissement, ...]]


def _find_avocat(matiere: Matiere, demande: Demande) -> _Reponse:
    """Say whether a lawyer is compulsory on the merits."""
    if matiere.exclusive:
        motif = Motif(
            "avocat_competence_exclusive",
            phrase(
                "L'avocat est obligatoire quel que soit le montant : la compétence du tribunal judiciaire est "
                "exclusive."
            ),
            ("CPC 761",),
        )
        return True, motif, ()
    if matiere.juridiction in _SEUILS_AVOCAT:
        return _compare_avocat(demande, _SEUILS_AVOCAT[matiere.juridiction])
    if matiere.juridiction is J.TRIBUNAL_ADMINISTRATIF:
        return _find_avocat_administratif(demande)
    articles = {
        J.JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION: "CPC 761 1°",
        J.CONSEIL_DE_PRUD_HOMMES: "C. trav. R1453-1",
        J.JUGE_AUX_AFFAIRES_FAMILIALES: "CPC 1139",
    }
    article = articles.get(matiere.juridiction)
    if article is None:
        return False, None, ()
    message = phrase("L'avocat n'est pas obligatoire devant ce juge.")
    return False, Motif("avocat_facultatif", message, (article,)), ()


def _compare_avocat(demande: Demande, serie: str) -> _Reponse:
    seuil = get_seuil(demande, serie)
    alertes = load_bareme("competence").list_avertissements(seuil)
    if demande.montant > seuil.valeur:
        message = phrase("L'avocat est obligatoire : la demande dépasse {seuil}.", seuil=seuil.valeur)
        return True, Motif("avocat_obligatoire", message, (seuil.article,)), alertes
    message = phrase("L'avocat n'est pas obligatoire jusqu'à {seuil} compris.", seuil=seuil.valeur)
    return False, Motif("avocat_facultatif", message, (seuil.article,)), alertes


def _find_avocat_administratif(demande: Demande) -> _Reponse:
    if demande.objet is Objet.SALAIRE:
        message = phrase("L'avocat n'est pas obligatoire dans les litiges individuels des agents publics.")
        return False, Motif("avocat_facultatif", message, ("CJA R431-3 3°",)), ()
    return (
        True,
        Motif(
            "avocat_obligatoire",
            phrase("L'avocat est obligatoire pour demander une somme d'argent ou l'exécution d'un contrat."),
            ("CJA R431-2",),
        ),
        (
            Avertissement(
                "avocat_collectivite",
                phrase(
                    "Pas d'avocat obligatoire si le débiteur est une collectivité territoriale, un "
                    "établissement qui en dépend ou un établissement public de santé (CJA R431-3 5°)."
                ),
            ),
        ),
    )


def _find_tentative(matiere: Matiere, demande: Demande) -> _Reponse:
    """Say whether a prior amicable attempt is required: judicial court, up to a threshold (CPC 750-1)."""
    if matiere.juridiction is J.CONSEIL_DE_PRUD_HOMMES:
        message = phrase(
            "La conciliation se tente devant le conseil lui-même : aucune démarche préalable n'est exigée."
        )
        return False, Motif("conciliation_devant_le_juge", message, ("C. trav. L1411-1", "CPC 750-1 4°")), ()
    if matiere.juridiction not in JUDICIAIRES:
        return False, None, ()
    bareme = load_bareme("competence")
    if bareme.find_valeur(demande.jour, "tentative_amiable") is None:
        message = phrase("Aucune tentative amiable préalable : le texte, annulé, n'était pas encore rétabli.")
        return False, Motif("tentative_annulee", message, ("CPC 750-1", "CE 22 sept. 2022, n° 436939")), ()
    seuil = get_seuil(demande, "tentative_amiable")
    if demande.montant > seuil.valeur:
        message = phrase("Aucune tentative amiable préalable au-delà de {seuil}.", seuil=seuil.valeur)
        return False, Motif("tentative_dispensee", message, (seuil.article,)), ()
    message = phrase(
        "Jusqu'à {seuil} compris, une conciliation, une médiation ou une procédure participative doit être tentée "
        "avant, à peine d'irrecevabilité. En dispensent une procédure simplifiée de recouvrement qui a échoué, "
        "l'urgence manifeste, ou un conciliateur indisponible plus de trois mois.",
        seuil=seuil.valeur,
    )
    return True, Motif("tentative_exigee", message, (seuil.article,)), bareme.list_avertissements(seuil)


def _warn_preuve(demande: Demande) -> tuple[Avertissement, ...]:
    """Say that a written proof is needed against one who is not a merchant (C. civ. 1359; C. com. L110-3)."""
    seuil = get_seuil(demande, "preuve_par_ecrit")
    libre = demande.debiteur in COMMERCANTS | {Qualite.PERSONNE_PUBLIQUE}
    if libre or demande.objet not in {Objet.FACTURE, Objet.CONTRAT} or demande.montant <= seuil.valeur:
        return ()
    message = phrase(
        "Contre un non-commerçant, le contrat se prouve par un écrit au-delà de {seuil} : une facture seule ne suffit "
        "pas ({article}).",
        seuil=seuil.valeur,
        article=seuil.article,
    )
    return (Avertissement("preuve_par_ecrit", message),)


def _is_orale(matiere: Matiere, *, avocat: bool) -> bool:
    """Say whether the proceedings are oral (CPC 817, CPCE R121-8…)."""
    if matiere.juridiction is J.TRIBUNAL_JUDICIAIRE:
        return not avocat
    return matiere.juridiction not in {J.TRIBUNAL_ADMINISTRATIF, J.AUCUNE}


def _is_requete(demande: Demande) -> bool:
    return demande.montant <= get_seuil(demande, "requete_tribunal_judiciaire").valeur


def _is_dernier_ressort(juridiction: Juridiction, demande: Demande) -> bool | None:
    series = {
        J.TRIBUNAL_JUDICIAIRE: "dernier_ressort_tribunal_judiciaire",
        J.JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION: "dernier_ressort_juge_des_contentieux_de_la_protection",
        J.TRIBUNAL_DE_COMMERCE: "dernier_ressort_tribunal_de_commerce",
        J.TRIBUNAL_DES_ACTIVITES_ECONOMIQUES: "dernier_ressort_tribunal_de_commerce",
    }
    if juridiction not in series:
        return None
    plafond: Decimal = get_seuil(demande, series[juridiction]).valeur
    return demande.montant <= plafond
