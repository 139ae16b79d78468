"""The title that an officer enforces: the decision, since when, what stops it; the parties, the officer's place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from exigible.actes.demande import Demande, list_creances_ouvertes
from exigible.actes.document import ARemplir, Partie, Signatures
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import SommeReclamee, add_sommes
from exigible.actes.typst.texte import clean_texte, format_date_longue, list_sans_doublon, write_phrase
from exigible.actes.vocabulaire.dette import compute_dette, describe_dette, list_dues
from exigible.actes.vocabulaire.parties import write_adresse, write_identite_du_creancier, write_identite_du_debiteur
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import RolePersonne
from exigible.dossier.faits_jugement import NatureDecision
from exigible.dossier.obligation.etat import EtatTitre
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.ouvertures import COLLECTIVE, SURENDETTEMENT
from exigible.droit.argent import ZERO
from exigible.droit.bareme import load_bareme
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase

_NOMS = {
    NatureDecision.JUGEMENT: "jugement",
    NatureDecision.ARRET: "arrêt",
    NatureDecision.ORDONNANCE_REFERE: "ordonnance de référé",
    NatureDecision.INJONCTION_DE_PAYER: "ordonnance portant injonction de payer",
}
_FEMININS = frozenset({NatureDecision.ORDONNANCE_REFERE, NatureDecision.INJONCTION_DE_PAYER})
_OUVERTE = "jugement_ouverture"
DONNEES = ("Données pour l’acte d’un commissaire de justice", "qui le complète, le date, le signe et le signifie")
"""What stands above an act that only an officer may make."""


def propose_titre(etat: EtatDossier) -> Mapping[str, str]:
    """Choose the last decision that may be enforced, else the last one that holds."""
    titres = [t for t in etat.titres if t.effectif]
    choisi = max(titres, key=lambda t: (t.executoire_le is not None, t.rendu_le, t.cle), default=None)
    return {} if choisi is None else {"titre": choisi.cle}


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


def explain_titre(demande: Demande) -> Iterator[str]:
    """Say why nothing may be enforced yet."""
    titre, etat = find_titre(demande), demande.etat
    if titre is not None and titre.executoire_le is None:
        yield write_phrase("la décision n'est pas encore exécutoire (CPC 501, CPCE L111-2)")
    if titre is not None and titre.signifie_le is None:
        yield write_phrase("la décision n'est pas signifiée au débiteur (CPC 503)")
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
    debiteur = demande.etat.debiteur
    contacts = list_sans_doublon([clean_texte(debiteur.telephone), clean_texte(debiteur.courriel)])
    signifie = titre is not None and titre.signifie_le is not None
    vocabulaire = Vocabulaire(
        {
            "le_titre": _write_titre(titre, commun),
            "titre_signifie": format_date_longue(titre.signifie_le) if titre and titre.signifie_le else "",
            "titre_executoire_le": format_date_longue(titre.executoire_le) if titre and titre.executoire_le else "",
            "majore_le": format_jour(titre.majore_le) if titre and titre.majore_le else "",
            "contacts_du_debiteur": ", ".join(contacts),
        },
        {
            "avec_decision": bool(demande.etat.titres),
            "sans_decision": not demande.etat.titres,
            "signifie": signifie,
            "executoire": titre is not None and titre.executoire_le is not None,
            "par_provision": _is_par_provision(titre),
            "majoration": titre is not None and titre.majore_le is not None,
            "petite_somme": principal < seuil,
            "contacts_du_debiteur": bool(contacts),
            "autres_condamnes": bool(tuple(_iter_condamnes(demande, titre))),
        },
        {
            "requerant": (Partie("À la demande de", (write_identite_du_creancier(demande.etat),)),),
            "autres_condamnes": tuple(_iter_condamnes(demande, titre)),
            "debiteur": (Partie("Débiteur", (write_identite_du_debiteur(demande.etat),)),),
            "officier": _build_officier(demande),
            "remise": (ARemplir("Remise de l’acte : à qui, où, comment, quand ; nombre de feuilles", 2),),
            "signature_officier": (
                Signatures((("Le commissaire de justice", "nom, prénoms, demeure, date, signature"),)),
            ),
        },
    )
    return describe_dette(demande, sommes, accessoires).add(vocabulaire)


def _is_par_provision(titre: EtatTitre | None) -> bool:
    """Whether it is enforced while an appeal may still change it, at the creditor's risk (CPCE L111-10)."""
    if titre is None or titre.decision.nature is NatureDecision.INJONCTION_DE_PAYER:
        return False
    return titre.decision.execution_provisoire and titre.decision.dernier_ressort is not True


def _list_frais(etat: EtatDossier) -> frozenset[str]:
    return frozenset(ligne.cle for ligne in etat.frais.lignes if ligne.reclame)


def _iter_condamnes(demande: Demande, titre: EtatTitre | None) -> Iterator[Partie]:
    """Name those whom the decision condemns with the debtor."""
    lien = "solidairement avec le débiteur" if titre and titre.decision.solidaire else "pour sa part"
    for personne in demande.etat.personnes:
        if titre is not None and personne.cle in titre.contre and personne.role is not RolePersonne.DEBITEUR:
            morceaux = (clean_texte(personne.nom), write_adresse(personne.adresse))
            role = write_phrase("Condamné {lien}", lien=lien)
            yield Partie(role, (", ".join(m for m in morceaux if m),))


def _write_titre(titre: EtatTitre | None, commun: Vocabulaire) -> str:
    return commun.valeurs.get("autre_titre", "") if titre is None else write_titre(titre)


def write_titre(titre: EtatTitre) -> str:
    """`jugement rendu le 5 octobre 2026 (tribunal…, n° 2026/123)`."""
    decision = titre.decision
    nom = _NOMS[decision.nature]
    e = "e" if decision.nature in _FEMININS else ""
    par, numero = clean_texte(decision.juridiction), clean_texte(decision.reference)
    rendu = write_phrase("{nom} rendu{e} le {jour}", nom=nom, e=e, jour=format_date_longue(titre.rendu_le))
    precisions = [p for p in (par, write_phrase("n° {numero}", numero=numero) if numero else "") if p]
    return f"{rendu} ({', '.join(precisions)})" if precisions else rendu


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
