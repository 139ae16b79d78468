"""A file handed over to an officer, a lawyer or a collector: the debtor, the debt, titles, limitation, doubts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Etiquettes, Liste, Tableau
from exigible.actes.lettre import Etiquette
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import SommeReclamee, add_sommes, compute_sommes, compute_sommes_du_debiteur
from exigible.actes.typst.texte import Fragment, Paragraphe, clean_texte, list_sans_doublon, write_phrase
from exigible.actes.vocabulaire.blocs import describe_blocs
from exigible.actes.vocabulaire.dette import list_dues, sort_postes
from exigible.actes.vocabulaire.historique import describe_historique
from exigible.actes.vocabulaire.instance import describe_instance
from exigible.actes.vocabulaire.parties import write_adresse, write_identite_du_debiteur
from exigible.actes.vocabulaire.sommes import describe_sommes
from exigible.actes.vocabulaire.titres import NOMS_DES_DECISIONS
from exigible.dossier.etat import MotifSuspension
from exigible.dossier.faits import RolePersonne
from exigible.dossier.obligation.roles import NOMS_DES_ROLES
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase, wrap_texte
from exigible.droit.prescription import Prescription
from exigible.droit.regimes import QualitePartie

_QUALITES = {
    QualitePartie.PROFESSIONNEL: "professionnel",
    QualitePartie.CONSOMMATEUR: "consommateur",
    QualitePartie.NON_PROFESSIONNEL: "non-professionnel",
    QualitePartie.PERSONNE_PUBLIQUE: "personne publique",
    QualitePartie.INCONNUE: "non connue",
}

_DITS_AILLEURS = frozenset({MotifSuspension.PLAN, MotifSuspension.PROMESSE})


def describe_transmission(demande: Demande) -> Vocabulaire:
    """Name all that is handed over. Raises ErreurExigible (`acte_refuse`) when nothing is due."""
    vise = replace(demande, sommes=_list_sommes(demande))
    if vise.totaux.total <= ZERO:
        raise ErreurExigible(
            "acte_refuse",
            phrase("« {titre} » : rien n'est exigible dans ce dossier.", titre=wrap_texte(demande.modele.titre)),
        )
    prescriptions = tuple(_iter_prescriptions(vise))
    incidents = tuple(_iter_incidents(demande))
    termes = [sur for _, _, sur, _ in prescriptions]
    return _describe_faits(demande, vise).add(
        Vocabulaire(
            {"dernier_jour_sur": format_jour(min(termes)) if termes else ""},
            {
                "prescription_connue": bool(prescriptions),
                "titres_connus": bool(demande.etat.titres),
                "personnes_tenues": len(demande.etat.personnes) > 1,
                "incidents": bool(incidents),
                "partie_contestee": any(somme.reservee for somme in vise.sommes),
            },
            {
                "fiche": (_build_fiche(demande),),
                "personnes": _place(_build_personnes(demande)),
                "titres": _place(_build_titres(demande)),
                "prescriptions": _place(_build_prescriptions(prescriptions)),
                "incidents": (Liste(numerotee=False, elements=incidents),) if incidents else (),
            },
        )
    )


def compute_transmis(demande: Demande) -> Decimal:
    """Add up what is handed over to be recovered (euros)."""
    return add_sommes(_list_sommes(demande)).total


def _list_sommes(demande: Demande) -> tuple[SommeReclamee, ...]:
    """All that is payable: claims, heads of decisions, costs, in the order of the account."""
    cles = list_dues(demande)
    return sort_postes(compute_sommes_du_debiteur(demande.etat, cles), cles)


def _describe_faits(demande: Demande, vise: Demande) -> Vocabulaire:
    """Name the debt, and what was tried: for a claim that was judged since, too."""
    etat = demande.etat
    soldes = {solde.cle for solde in etat.decompte.soldes}
    cles = [c.cle for c in etat.creances if c.cle in soldes]
    passe = replace(demande, sommes=compute_sommes(etat, cles, sans_conteste=False))
    return describe_sommes(vise).add(describe_blocs(vise)).add(describe_historique(passe)).add(describe_instance(passe))


def _place(tableau: Tableau) -> tuple[Bloc, ...]:
    return (tableau,) if tableau.lignes else ()


def _build_fiche(demande: Demande) -> Etiquettes:
    """What is known of the debtor, to find and name it."""
    debiteur = demande.etat.debiteur
    paires = (
        ("Débiteur", write_identite_du_debiteur(demande.etat)),
        ("Qualité", _QUALITES[debiteur.qualite]),
        ("Adresse connue depuis le", _write_jour(demande.etat.adresse_depuis)),
        ("Téléphone", clean_texte(debiteur.telephone)),
        ("Courriel", clean_texte(debiteur.courriel)),
        ("Code client", clean_texte(debiteur.code)),
    )
    return Etiquettes(tuple(Etiquette(libelle, valeur) for libelle, valeur in paires if valeur))


def _write_jour(jour: date) -> str:
    return format_jour(jour) if jour > date.min else ""


def _build_personnes(demande: Demande) -> Tableau:
    lignes = tuple(
        (
            clean_texte(p.nom),
            NOMS_DES_ROLES[p.role],
            write_adresse(p.adresse),
            format_montant(p.plafond_restant) if p.plafond_restant is not None else "",
        )
        for p in demande.etat.personnes
        if p.role is not RolePersonne.DEBITEUR
    )
    return Tableau("Personnes tenues avec le débiteur", ("Nom", "À quel titre", "Adresse", "Limite"), "gggd", lignes)


def _build_titres(demande: Demande) -> Tableau:
    lignes = tuple(
        (
            ", ".join(
                list_sans_doublon(
                    (
                        NOMS_DES_DECISIONS[titre.decision.nature],
                        clean_texte(titre.decision.juridiction),
                        clean_texte(titre.decision.reference),
                    )
                )
            ),
            format_jour(titre.rendu_le),
            format_jour(titre.signifie_le) if titre.signifie_le else "non",
            format_jour(titre.executoire_le) if titre.executoire_le else "non",
            format_montant(titre.total),
        )
        for titre in demande.etat.titres
    )
    titres = ("Décision", "Rendue le", "Signifiée le", "Exécutoire depuis le", "Reste dû")
    return Tableau("Titres", titres, "ggggd", lignes)


def _iter_prescriptions(demande: Demande) -> Iterator[tuple[str, Prescription, date, str]]:
    """What time is left on each claim, and on each head of a decision."""
    for somme in demande.sommes:
        if somme.etat.prescription is not None:
            prescription = somme.etat.prescription
            yield clean_texte(somme.numero), prescription, prescription.dernier_jour_sur, prescription.articles[0]
    for titre in demande.etat.titres:
        for chef in titre.chefs:
            if chef.prescription is not None and chef.solde is not None and chef.solde.total > ZERO:
                nom = clean_texte(str(chef.libelle))
                yield nom, chef.prescription, chef.prescription.dernier_jour_sur, "CPCE L111-4"


def _build_prescriptions(prescriptions: tuple[tuple[str, Prescription, date, str], ...]) -> Tableau:
    lignes = tuple(
        (nom, article, "non achevée" if p.en_cours else format_jour(p.terme), format_jour(sur))
        for nom, p, sur, article in prescriptions
    )
    titres = ("Créance", "Texte", "Terme calculé", "Agir au plus tard le")
    return Tableau("Prescription calculée", titres, "gggg", lignes)


def _iter_incidents(demande: Demande) -> Iterator[Paragraphe]:
    """Whatever may stop or slow the recovery, or make the claim doubtful: it must be said (D. 2021-1625; art. 29)."""
    for texte in dict.fromkeys((*_iter_incidents_des_creances(demande), *_iter_incidents_du_dossier(demande))):
        yield (Fragment(texte),)


def _iter_incidents_des_creances(demande: Demande) -> Iterator[str]:
    for creance in demande.etat.creances:
        textes = [clean_texte(str(s.phrase)) for s in creance.suspensions if s.motif not in _DITS_AILLEURS]
        if creance.conteste > ZERO:
            textes.append(write_phrase("{montant} contestés", montant=format_montant(creance.conteste)))
        if creance.prescription is not None and creance.prescription.acquise_au(demande.etat.au):
            textes.append("prescription acquise, sauf cause d’interruption non connue")
        numero = clean_texte(creance.creance.numero)
        for texte in textes:
            yield write_phrase("Facture {numero} : {texte}", numero=numero, texte=texte)


def _iter_incidents_du_dossier(demande: Demande) -> Iterator[str]:
    """Procedures, plans, promises, payments that came back."""
    for procedure in demande.etat.procedures:
        if procedure.vivante:
            nom, etape = clean_texte(str(procedure.graphe.nom)), clean_texte(str(procedure.etat.nom))
            jour = format_jour(procedure.depuis)
            yield write_phrase("{nom} : {etape}, depuis le {jour}", nom=nom, etape=etape, jour=jour)
    for plan in demande.etat.plans:
        etat = "respecté" if plan.respecte else write_phrase("en retard de {r}", r=format_montant(plan.retard))
        yield write_phrase("Plan de paiement du {jour} : {etat}", jour=format_jour(plan.convenu_le), etat=etat)
    for promesse in demande.etat.promesses:
        jour = format_jour(promesse.promesse.jusqu_au)
        etat = "tenue" if promesse.tenue else "non tenue à ce jour"
        yield write_phrase("Promesse de payer avant le {jour} : {etat}", jour=jour, etat=etat)
    for ecart in demande.etat.decompte.ecartes:
        montant, jour = format_montant(ecart.versement.montant), format_jour(ecart.versement.date)
        yield write_phrase("Paiement de {montant} du {jour} non retenu au décompte", montant=montant, jour=jour)
