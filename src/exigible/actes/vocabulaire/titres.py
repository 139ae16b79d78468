"""The title that an officer enforces: the decision, since when, what stops it; the parties, the officer's place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande, list_creances_ouvertes
from exigible.actes.document import ARemplir, Partie, Signatures
from exigible.actes.poursuivi import find_autre
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import SommeReclamee, add_sommes
from exigible.actes.typst.texte import clean_texte, format_date_longue, list_sans_doublon, write_phrase
from exigible.actes.vocabulaire.dette import compute_dette, describe_dette, find_reste_a_courir, list_dues
from exigible.actes.vocabulaire.instance import describe_instance
from exigible.actes.vocabulaire.parties import (
    is_debiteur_entrepreneur,
    write_adresse,
    write_identite_du_creancier,
)
from exigible.actes.vocabulaire.poursuivi import list_identite
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import RolePersonne
from exigible.dossier.faits_jugement import NatureDecision
from exigible.dossier.obligation.etat import EtatTitre, Moyens
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.ouvertures import COLLECTIVE, SURENDETTEMENT
from exigible.droit.argent import ZERO
from exigible.droit.bareme import load_bareme
from exigible.droit.erreurs import Avertissement, ErreurExigible
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase

NOMS_DES_DECISIONS = {
    NatureDecision.JUGEMENT: "jugement",
    NatureDecision.ARRET: "arrêt",
    NatureDecision.ORDONNANCE_REFERE: "ordonnance de référé",
    NatureDecision.INJONCTION_DE_PAYER: "ordonnance portant injonction de payer",
}
_FEMININS = frozenset({NatureDecision.ORDONNANCE_REFERE, NatureDecision.INJONCTION_DE_PAYER})
_POUR_LE_TOUT = (
    "L'exécution peut être poursuivie contre chacun pour tout ce à quoi il est condamné (article 1313 du code civil)"
)
_POUR_SA_PART = "Chacun n'est tenu que de sa part (article 1309 du code civil)"
_OUVERTE = "jugement_ouverture"
_EMPECHEMENTS = frozenset(
    {
        "dechargee",
        "remise_au_debiteur",
        "decedee",
        "procedure_collective",
        "surendettement",
        "garants_suspendus",
        "plafond",
    }
)
"""What keeps a person from being pursued at all, among what the dossier says of what may be claimed from it."""
DONNEES = ("Données pour l’acte d’un commissaire de justice", "qui le complète, le date, le signe et le signifie")
"""What stands above an act that only an officer may make."""


def propose_titre(etat: EtatDossier) -> Mapping[str, str]:
    """Choose the last decision that may be enforced, else the last one that holds."""
    titres = [t for t in etat.titres if t.effectif]
    choisi = max(titres, key=lambda t: (t.executoire_le is not None, t.rendu_le, t.cle), default=None)
    return {} if choisi is None else {"titre": choisi.cle}


def find_moyens(etat: EtatDossier) -> Moyens:
    """What is known of what the debtor, or whoever is pursued in his place, has and may be seized."""
    return next((p.moyens for p in etat.personnes[:1]), Moyens())


def propose_moyens(etat: EtatDossier) -> dict[str, str]:
    """Answer `banque` and `employeur`, on one line each, and `biens`, with what was found."""
    moyens = find_moyens(etat)
    dits = {"banque": _join_lignes(moyens.banque), "employeur": _join_lignes(moyens.employeur), "biens": moyens.biens}
    return {question: dit for question, dit in dits.items() if dit}


def propose_biens(etat: EtatDossier) -> dict[str, str]:
    """Answer `biens` with what a judge may let seize: the accounts, what else was found, but no wages."""
    moyens = find_moyens(etat)
    banque = _join_lignes(moyens.banque)
    comptes = write_phrase("Les comptes ouverts auprès de {banque}.", banque=banque) if banque else ""
    biens = "\n".join(dit for dit in (comptes, moyens.biens) if dit)
    return {"biens": biens} if biens else {}


def _join_lignes(texte: str) -> str:
    return ", ".join(texte.splitlines())


def find_titre(demande: Demande) -> EtatTitre | None:
    """Return the decision chosen."""
    return next((t for t in demande.etat.titres if t.cle == demande.reponses.get("titre")), None)


def find_collective(etat: EtatDossier) -> EtatProcedure | None:
    """Return the debtor's insolvency that is open, the last opened; None when there is none."""
    ouvertes = [p for p in etat.procedures if p.graphe.code == COLLECTIVE and p.situation.has(_OUVERTE)]
    return max(ouvertes, key=lambda p: (p.ouverte_le, p.cle), default=None)


def refuse_collective(etat: EtatDossier) -> None:
    """Raise ErreurExigible (`acte_refuse`) when an insolvency forbids every enforcement (C. com. L622-21)."""
    collective = find_collective(etat)
    if collective is not None and collective.vivante:
        jour = collective.situation.find_jour([_OUVERTE]) or collective.ouverte_le
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "Une procédure collective du débiteur est ouverte depuis le {jour} : aucune exécution n'est possible, "
                "la créance se déclare (C. com. L622-21).",
                jour=jour,
            ),
            article="C. com. L622-21",
        )


def refuse_execution(demande: Demande, *, signification: bool = True) -> None:
    """Raise ErreurExigible (`acte_refuse`) when an insolvency forbids enforcement.

    Against another than the debtor, when he may not be pursued or the decision is not enforceable against him, too.
    `signification`: the act comes after the decision was served; else it may be served with it.
    """
    refuse_collective(demande.etat)
    autre, titre = find_autre(demande.etat), find_titre(demande)
    if autre is None:
        return
    nom = clean_texte(autre.nom)
    raisons = [r for r in autre.raisons if r.code in _EMPECHEMENTS]
    if raisons and autre.reclamable == ZERO:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "Rien ne peut être exigé de {nom} aujourd'hui : {raisons}",
                nom=nom,
                raisons=" ".join(r.phrase for r in raisons),
            ),
            article=" ; ".join(r.article for r in raisons),
        )
    if titre is not None and titre.executoire_le is None:
        raise ErreurExigible(
            "acte_refuse",
            phrase("La décision n'est pas encore exécutoire contre {nom}.", nom=nom),
            article="CPC 501, CPCE L111-2",
        )
    if titre is not None and signification and titre.signifie_le is None:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "La décision n'est pas signifiée à {nom} : elle ne peut être exécutée contre cette personne qu'après.",
                nom=nom,
            ),
            article="CPC 503",
        )


def explain_titre(demande: Demande) -> Iterator[str]:
    """Say why nothing may be enforced yet."""
    titre, etat = find_titre(demande), demande.etat
    if titre is not None and titre.executoire_le is None:
        yield write_phrase("la décision n'est pas encore exécutoire (CPC 501, CPCE L111-2)")
    if titre is not None and titre.signifie_le is None:
        qui = clean_texte(etat.debiteur.nom)
        modele = "au débiteur" if find_autre(etat) is None else "à {qui}"
        yield write_phrase("la décision n'est pas signifiée {a_qui} (CPC 503)", a_qui=write_phrase(modele, qui=qui))
    prescrit = _find_prescription(titre)
    if prescrit is not None and prescrit < etat.au:
        jour = format_jour(prescrit)
        yield write_phrase("la décision ne peut plus être exécutée depuis le {jour} (CPCE L111-4)", jour=jour)
    if titre is not None and (grace := titre.delai_de_grace) is not None and grace.jusqu_au >= etat.au:
        jour = format_jour(grace.jusqu_au)
        yield write_phrase("un délai de grâce suspend l'exécution jusqu'au {jour} (C. civ. 1343-5)", jour=jour)
    if find_collective(etat) is not None:
        close = "une procédure collective est close : les poursuites ne reprennent que par exception (C. com. L643-11)"
        yield write_phrase(close)
    if any(p.graphe.code == "TITRE" and p.etat.code == "TITRE_SUSPENDU" for p in etat.procedures):
        yield write_phrase("l'exécution de la décision est arrêtée (CPC 514-3)")
    if any(p.graphe.code == SURENDETTEMENT and p.vivante for p in etat.procedures):
        yield write_phrase("un dossier de surendettement suspend peut-être l'exécution (C. conso. L722-2)")


def list_sommes_du_titre(demande: Demande) -> tuple[SommeReclamee, ...]:
    """What is enforced: the heads of the decision and the costs; without a decision in the dossier, what is due.

    Costs go with the first decision only: two titles never claim them twice.
    """
    titre, etat = find_titre(demande), demande.etat
    dues = list_dues(demande)
    if titre is None:
        claims = set(list_creances_ouvertes(etat))
        return compute_dette(demande, [cle for cle in dues if cle in claims or cle in _list_frais(etat)])
    chefs = {chef.cle for chef in titre.chefs}
    premier = next((t.cle for t in etat.titres if t.effectif), titre.cle)
    frais = _list_frais(etat) if titre.cle == premier else frozenset()
    return compute_dette(demande, [cle for cle in dues if cle in chefs | frais])


def compute_montant(demande: Demande) -> Decimal:
    """All that is enforced, in euros."""
    return add_sommes(list_sommes_du_titre(demande)).total


def describe_titre(demande: Demande, commun: Vocabulaire) -> Vocabulaire:
    """Name the title, what it is worth, the parties to the officer's act."""
    titre = find_titre(demande)
    sommes = list_sommes_du_titre(demande)
    accessoires = frozenset(c.cle for c in titre.chefs if c.chef is None) if titre else frozenset[str]()
    seuil = load_bareme("competence").get_valeur(demande.etat.au, "saisie_vente_habitation").valeur
    principal = sum((s.principal for s in sommes if s.cle not in accessoires), ZERO)
    atteint = find_reste_a_courir(demande, add_sommes(sommes).total) == ZERO
    debiteur = demande.etat.debiteur
    contacts = list_sans_doublon([clean_texte(debiteur.telephone), clean_texte(debiteur.courriel)])
    signifie = titre is not None and titre.signifie_le is not None
    prescrit = _find_prescription(titre)
    vocabulaire = Vocabulaire(
        {
            "le_titre": _write_titre(titre, commun),
            "titre_signifie": format_date_longue(titre.signifie_le) if titre and titre.signifie_le else "",
            "titre_executoire_le": format_date_longue(titre.executoire_le) if titre and titre.executoire_le else "",
            "majore_le": format_jour(titre.majore_le) if titre and titre.majore_le else "",
            "titre_prescrit_le": format_date_longue(prescrit) if prescrit else "",
            "contacts_du_debiteur": ", ".join(contacts),
            "contre_chacun": write_phrase(_POUR_LE_TOUT if titre and titre.decision.solidaire else _POUR_SA_PART),
        },
        {
            "avec_decision": bool(demande.etat.titres),
            "sans_decision": not demande.etat.titres,
            "signifie": signifie,
            "executoire": titre is not None and titre.executoire_le is not None,
            "par_provision": _is_par_provision(titre),
            "titre_prescrit_le": prescrit is not None and prescrit >= demande.etat.au,
            "majoration": titre is not None and titre.majore_le is not None and not atteint,
            "petite_somme": principal < seuil,
            "debiteur_entrepreneur": is_debiteur_entrepreneur(demande.etat),
            "contacts_du_debiteur": bool(contacts),
            "autres_condamnes": bool(tuple(_iter_condamnes(demande, titre))),
        },
        {
            "requerant": (Partie("À la demande de", (write_identite_du_creancier(demande.etat),)),),
            "autres_condamnes": tuple(_iter_condamnes(demande, titre)),
            "debiteur": (_build_debiteur(demande.etat),),
            "officier": _build_officier(demande),
            "remise": (ARemplir("Remise de l’acte : à qui, où, comment, quand ; nombre de feuilles", 2),),
            "signature_officier": (
                Signatures((("Le commissaire de justice", "nom, prénoms, demeure, date, signature"),)),
            ),
        },
    )
    return describe_dette(demande, sommes, accessoires, distinct=True).add(vocabulaire)


def _find_prescription(titre: EtatTitre | None) -> date | None:
    """The last day on which a head of the decision may be enforced (CPCE L111-4): the earliest of them."""
    chefs = titre.chefs if titre else ()
    return min((c.prescription.terme for c in chefs if c.prescription), default=None)


def _is_par_provision(titre: EtatTitre | None) -> bool:
    """Whether it is enforced while an appeal may still change it, at the creditor's risk (CPCE L111-10)."""
    if titre is None or titre.decision.nature is NatureDecision.INJONCTION_DE_PAYER:
        return False
    return titre.decision.execution_provisoire and titre.decision.dernier_ressort is not True


def _list_frais(etat: EtatDossier) -> frozenset[str]:
    """The keys of the costs: the account holds those alone that are claimed from its person."""
    return frozenset(ligne.cle for ligne in etat.frais.lignes)


def _build_debiteur(etat: EtatDossier) -> Partie:
    return Partie("Débiteur" if find_autre(etat) is None else "Débiteur poursuivi", list_identite(etat))


def _iter_condamnes(demande: Demande, titre: EtatTitre | None) -> Iterator[Partie]:
    """Name those whom the decision condemns with whoever is pursued."""
    solidaire = titre is not None and titre.decision.solidaire
    for personne in demande.etat.personnes[1:]:
        if titre is not None and personne.cle in titre.contre:
            morceaux = (clean_texte(personne.nom), write_adresse(personne.adresse))
            if personne.role is RolePersonne.DEBITEUR:
                role = "Condamné {lien}, débiteur principal"
                lien = "solidairement" if solidaire else "pour sa part"
            else:
                role = "Condamné {lien}"
                lien = "solidairement avec le débiteur" if solidaire else "pour sa part"
            yield Partie(write_phrase(role, lien=lien), (", ".join(m for m in morceaux if m),))


def _write_titre(titre: EtatTitre | None, commun: Vocabulaire) -> str:
    return commun.valeurs.get("autre_titre", "") if titre is None else write_titre(titre)


def write_titre(titre: EtatTitre) -> str:
    """`jugement rendu le 5 octobre 2026 (tribunal…, n° 2026/123)`."""
    decision = titre.decision
    nom = NOMS_DES_DECISIONS[decision.nature]
    e = "e" if decision.nature in _FEMININS else ""
    par, numero = clean_texte(decision.juridiction), clean_texte(decision.reference)
    rendu = write_phrase("{nom} rendu{e} le {jour}", nom=nom, e=e, jour=format_date_longue(titre.rendu_le))
    precisions = [p for p in (par, write_phrase("n° {numero}", numero=numero) if numero else "") if p]
    return f"{rendu} ({', '.join(precisions)})" if precisions else rendu


def write_titre_signifie(titre: EtatTitre) -> str:
    """The title and, when it was served on the debtor, the day: `…, signifié le 12 octobre 2026`."""
    if titre.signifie_le is None:
        return write_titre(titre)
    e = "e" if titre.decision.nature in _FEMININS else ""
    jour = format_date_longue(titre.signifie_le)
    return write_phrase("{titre}, signifié{e} le {jour}", titre=write_titre(titre), e=e, jour=jour)


def _build_officier(demande: Demande) -> tuple[ARemplir | Partie, ...]:
    lignes = tuple(ligne for ligne in str(demande.reponses.get("commissaire", "")).split("\n") if ligne)
    if lignes:
        return (Partie("Commissaire de justice", lignes),)
    return (ARemplir("Commissaire de justice : nom, prénoms, adresse de l’étude", 2),)


def refuse_personne_morale(etat: EtatDossier) -> None:
    """Raise ErreurExigible (`acte_refuse`) when the debtor is a company: it earns no wages."""
    if etat.debiteur.personne_physique is False:
        raise ErreurExigible(
            "acte_refuse",
            phrase("Seules les rémunérations d'une personne physique se saisissent : ce débiteur est une société."),
            article="CPCE L212-1",
        )


def build_donnees(
    demande: Demande,
    titre: Vocabulaire,
    propre: Vocabulaire,
    articles: str,
    avertissements: Sequence[Avertissement] = (),
) -> Contexte:
    """Frame the data of an officer's act: the title, what the act has of its own, the articles it rests on."""
    return Contexte(
        describe_instance(demande).add(titre).add(propre),
        juridiction=DONNEES,
        sous_titre=articles,
        avertissements=tuple(avertissements),
        montant=compute_montant(demande),
        projet=tuple(explain_titre(demande)),
    )
