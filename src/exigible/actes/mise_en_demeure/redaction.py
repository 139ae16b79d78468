"""The sentences of a formal notice. Consequences are in the conditional; nothing here threatens.

The words kept for acts of procedure never appear, nor anything the creditor could not lawfully do.
"""

from __future__ import annotations

from collections.abc import Sequence

from exigible.actes.lettre import write_contacts
from exigible.actes.mise_en_demeure.parametres import Demande
from exigible.actes.sommes import SommeReclamee
from exigible.actes.typst.texte import Paragraphe, clean_texte, list_sans_doublon, write_paragraphe, write_phrase
from exigible.dossier.faits import Etape, ModeEnvoi, Reclamation
from exigible.dossier.texte import count_jours, join_mots
from exigible.droit.argent import ZERO, format_montant, format_taux
from exigible.droit.interets import LigneInterets
from exigible.droit.jours import format_jour
from exigible.droit.regimes import QualitePartie

OBJET = "Mise en demeure de payer"

MODES: dict[ModeEnvoi, str] = {
    ModeEnvoi.LRAR: "Lettre recommandée avec avis de réception",
    ModeEnvoi.LRE: "Lettre recommandée électronique",
    ModeEnvoi.LETTRE_SUIVIE: "Lettre suivie",
    ModeEnvoi.LETTRE_SIMPLE: "Lettre simple",
    ModeEnvoi.COURRIEL: "Courriel",
    ModeEnvoi.MAIN_PROPRE: "Lettre remise en main propre contre décharge",
}

_DEPARTS: dict[ModeEnvoi, str] = {
    ModeEnvoi.MAIN_PROPRE: "de la remise de cette lettre",
    # Nobody proves the first presentation of such a letter.
    ModeEnvoi.LETTRE_SIMPLE: "de la réception de cette lettre",
    ModeEnvoi.LETTRE_SUIVIE: "de la réception de cette lettre",
    ModeEnvoi.COURRIEL: "de la réception de ce message",
}
_DEPART = "de la première présentation de cette lettre"


def write_depart(demande: Demande) -> str:
    """From when the time given and legal interest run, as the end of « à compter … »."""
    return _DEPARTS.get(demande.canal, _DEPART)


def write_ouverture(demande: Demande) -> tuple[Paragraphe, ...]:
    """Why we write: these invoices are late. A call reminded of them only if somebody answered."""
    deja = any(
        somme.etat.appel_abouti or {Etape.RELANCE, Etape.MISE_EN_DEMEURE} & {e for e, _ in somme.etat.etapes_faites}
        for somme in demande.sommes
    )
    entamee = any(somme.principal != somme.solde.principal_initial for somme in demande.sommes)
    seule = len(demande.sommes) == 1
    if seule:
        reste = "n'est pas entièrement réglée à ce jour" if entamee else "reste impayée à ce jour"
        debut = "Sauf erreur de notre part, la facture désignée ci-dessous, arrivée à échéance"
    else:
        reste = "ne sont pas entièrement réglées à ce jour" if entamee else "restent impayées à ce jour"
        debut = "Sauf erreur de notre part, les {nombre} factures désignées ci-dessous, arrivées à échéance"
    modele = f"{debut}, {reste}{{rappels}}."
    rappels = ", malgré nos précédents rappels" if deja else ""
    part = (
        write_paragraphe(
            "Cette dette se divise entre plusieurs débiteurs : seule **votre part** vous est réclamée ici "
            "(article 1309 du code civil)."
        ),
    )
    ouverture = write_paragraphe(modele, nombre=str(len(demande.sommes)), rappels=rappels)
    return (ouverture, *(part if any(somme.entier for somme in demande.sommes) else ()))


def write_ordre(demande: Demande) -> tuple[Paragraphe, ...]:
    """The order to pay: who, how much, by when, and that this is a formal notice."""
    return (
        write_paragraphe(
            "En conséquence, nous vous **mettons en demeure de payer la somme de {montant}**, détaillée ci-après, "
            "dans un délai de **{delai}** à compter {depart}. La présente vaut mise en demeure au sens des articles "
            "1231-6 et 1344 du code civil.",
            montant=format_montant(demande.totaux.total),
            delai=count_jours(demande.delai_jours),
            depart=write_depart(demande),
        ),
    )


def write_detail_interets(demande: Demande) -> str:
    """From when to when, at what rate, under which article."""
    lignes = demande.lignes
    if not lignes:
        return ""
    modele = "Du {du} au {au}, {taux} ({article}){imputes}"
    courus = sum((ligne.montant for ligne in lignes), ZERO)
    return write_phrase(
        modele,
        du=format_jour(min(ligne.du for ligne in lignes)),
        au=format_jour(max(ligne.au for ligne in lignes)),
        taux=_write_taux(lignes),
        article=join_mots(list_sans_doublon([ligne.article for ligne in lignes])),
        imputes="" if courus == demande.totaux.interets else ", déduction faite des paiements imputés",
    )


def write_detail_indemnites(demande: Demande) -> str:
    """How many times 40 €, under which article."""
    montants = [somme.indemnites for somme in demande.sommes if somme.indemnites > 0]
    article = "CCP D2192-35" if demande.public else "C. com. L441-10 II et D441-5"
    if len(set(montants)) != 1:
        return write_phrase("Solde pour {n} factures ({article})", n=str(len(montants)), article=article)
    factures = "facture" if len(montants) == 1 else "factures"
    return write_phrase(
        "{unite} × {n} {factures} ({article})",
        unite=format_montant(montants[0]),
        n=str(len(montants)),
        factures=factures,
        article=article,
    )


def write_suites(demande: Demande) -> tuple[Paragraphe, ...]:
    """What runs, what is only announced, what could follow, who can help."""
    return (
        *_write_annonces(demande),
        *_write_interet_legal(demande),
        *_write_reserves(demande),
        *_write_consequences(demande),
        *_write_aides(demande),
    )


def _write_annonces(demande: Demande) -> tuple[Paragraphe, ...]:
    """What the law gives and the creditor only announces: never in the sum claimed."""
    code = "du code de la commande publique" if demande.public else "du code de commerce"
    paragraphes: list[Paragraphe] = []
    if demande.penalites_annoncees > 0:
        lignes = demande.lignes_annoncees
        arretes, ils = ("Arrêtés", "ils") if demande.public else ("Arrêtées", "elles")
        paragraphes.append(
            write_paragraphe(
                "**Pour mémoire, non compris dans cette somme :** les {nom_interets} courent de plein droit "
                "depuis le lendemain de l'échéance ({articles} {code}). "
                f"{arretes} au {{au}}, {{taux}}, {ils} s'élèvent à **{{montant}}**. "
                "Nous nous réservons de les réclamer.",
                nom_interets=demande.nom_interets,
                articles=write_phrase("articles L2192-13 et R2192-31" if demande.public else "article L441-10"),
                code=code,
                au=format_jour(max(ligne.au for ligne in lignes)),
                taux=_write_taux(lignes),
                montant=format_montant(demande.penalites_annoncees),
            )
        )
    if demande.indemnites_annoncees > 0:
        paragraphes.append(
            write_paragraphe(
                "**Pour mémoire, non compris dans cette somme :** une indemnité forfaitaire pour frais de "
                "recouvrement de 40 € est due pour chaque facture payée en retard, soit **{montant}** ({articles} "
                "{code}).",
                montant=format_montant(demande.indemnites_annoncees),
                articles=write_phrase("article D2192-35" if demande.public else "articles L441-10 et D441-5"),
                code=code,
            )
        )
    return tuple(paragraphes)


def _write_interet_legal(demande: Demande) -> tuple[Paragraphe, ...]:
    """Since when, or from when, each invoice bears legal interest; they are named when they do not all agree."""
    if not demande.interet_legal:
        return ()
    deja, jamais = demande.deja_en_demeure, demande.jamais_en_demeure
    melange = bool(deja and jamais)
    paragraphes: list[Paragraphe] = []
    if deja:
        depuis = "a somme due porte intérêt au taux légal depuis la précédente mise en demeure"
        debut = "{factures}, l" if melange else "L"
        modele = f"{debut}{depuis} (article 1231-6 du code civil)."
        paragraphes.append(write_paragraphe(modele, factures=_name_factures(deja)))
    if jamais:
        legal = demande.taux_legal
        paragraphes.append(
            write_paragraphe(
                ("{factures}, à" if melange else "À") + " compter {depart}, la somme due portera intérêt au taux "
                "légal{taux} (articles 1231-6 et 1344-1 du code civil). Aucuns frais de recouvrement ne vous sont "
                "demandés.",
                factures=_name_factures(jamais),
                depart=write_depart(demande),
                taux=write_phrase(", actuellement {taux} l'an", taux=format_taux(legal.taux)) if legal else "",
            )
        )
    return tuple(paragraphes)


def _name_factures(sommes: Sequence[SommeReclamee]) -> str:
    numeros = [clean_texte(somme.numero) for somme in sommes]
    return f"{'Pour la facture' if len(numeros) == 1 else 'Pour les factures'} {join_mots(numeros)}"


def _write_reserves(demande: Demande) -> tuple[Paragraphe, ...]:
    reservees = [clean_texte(somme.numero) for somme in demande.sommes if somme.reservee]
    if not reservees:
        return ()
    modele = "La partie que vous contestez n'est pas réclamée ici ({factures}) ; nous y répondons séparément."
    return (write_paragraphe(modele, factures=join_mots(reservees)),)


def _write_consequences(demande: Demande) -> tuple[Paragraphe, ...]:
    if demande.qualite in {QualitePartie.CONSOMMATEUR, QualitePartie.NON_PROFESSIONNEL}:
        amiable = (
            "À défaut de paiement dans ce délai, nous vous proposerions d'abord une tentative de résolution amiable "
            "(conciliateur de justice, gratuit, ou médiation), préalable prévu par l'article 750-1 du code de "
            "procédure civile ; à défaut d'accord, nous pourrions saisir le juge compétent."
        )
        directe = "À défaut de paiement dans ce délai, nous pourrions saisir le juge compétent."
        return (write_paragraphe(amiable if demande.tentative_amiable else directe),)
    penalites = demande.de_plein_droit and demande.etat.penalites is not Reclamation.RENONCER
    augmentee = write_phrase(
        ", augmentée des {nom_interets} courant jusqu'au paiement complet", nom_interets=demande.nom_interets
    )
    suite = augmentee if penalites else ""
    return (
        write_paragraphe(
            "À défaut de paiement dans ce délai, nous pourrions saisir le tribunal compétent pour obtenir le "
            "règlement de cette somme{suite}.",
            suite=suite,
        ),
    )


def _write_aides(demande: Demande) -> tuple[Paragraphe, ...]:
    if demande.qualite is not QualitePartie.CONSOMMATEUR:
        return ()
    mediateur = clean_texte(demande.etat.creancier.description.mediateur)
    aide = write_paragraphe(
        "Si vous rencontrez des difficultés, dites-le-nous : nous examinerons un paiement en plusieurs fois, sans "
        "frais. Un point conseil budget peut aussi vous accompagner gratuitement et en toute confidentialité."
    )
    if mediateur:
        recours = write_paragraphe(
            "En cas de désaccord, après nous avoir adressé une réclamation écrite, vous pouvez recourir gratuitement "
            "au médiateur de la consommation dont nous relevons : {mediateur} (articles L612-1 et L616-1 du code de "
            "la consommation).",
            mediateur=mediateur,
        )
    else:
        recours = write_paragraphe(
            "En cas de désaccord, après nous avoir adressé une réclamation écrite, vous pouvez recourir gratuitement "
            "à un médiateur de la consommation (article L612-1 du code de la consommation) ; nous vous en "
            "communiquerons les coordonnées sur simple demande."
        )
    return (aide, recours)


def write_cloture(demande: Demande) -> tuple[Paragraphe, ...]:
    """If the payment crossed this letter, if something is disputed; the closing words."""
    contacts = write_contacts(demande.etat.creancier.description)
    return (
        write_paragraphe(
            "Si votre paiement s'est croisé avec cette lettre, veuillez ne pas en tenir compte et nous en indiquer la "
            "date. Si vous contestez tout ou partie de cette somme, écrivez-nous ou appelez-nous sans attendre : "
            "{contacts}.",
            contacts=contacts,
        ),
        write_paragraphe("Nous vous prions d'agréer, Madame, Monsieur, nos salutations distinguées."),
    )


def _write_taux(lignes: Sequence[LigneInterets]) -> str:
    ordonnees = sorted(lignes, key=lambda ligne: (ligne.du, ligne.taux))
    taux = list_sans_doublon([format_taux(ligne.taux) for ligne in ordonnees])
    if len(taux) == 1:
        return write_phrase("au taux de {taux} l'an", taux=taux[0])
    return write_phrase("aux taux annuels de {taux} selon la période", taux=join_mots(taux))
