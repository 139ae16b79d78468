"""All that is owed, line by line, decisions and costs included: what an officer enforces, what is declared."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Somme, Sommes, Tableau
from exigible.actes.poursuivi import find_autre
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import SommeReclamee, add_sommes, compute_sommes_du_debiteur, find_part_du_debiteur
from exigible.actes.typst.texte import clean_texte, write_en_lettres, write_phrase
from exigible.actes.vocabulaire.sommes import compute_interets_par_jour, list_qui_courent
from exigible.dossier.obligation.etat import EtatPersonne
from exigible.dossier.obligation.lignes import list_lignes_du_compte
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant, format_taux
from exigible.droit.decompte import Decompte, compute_decompte
from exigible.droit.interets import LigneInterets, Regime
from exigible.droit.jours import format_jour

_NON_INFORMEE = "caution_non_informee"
_REDUCTIONS = {
    _NON_INFORMEE: "déduction faite de ceux que la caution ne doit pas (C. civ., articles 2302 et 2303)",
    "plafond": "dans la limite de l’engagement de la caution (C. civ., articles 2296 et 2297)",
}
_DECISION = re.compile(r"^[^:]*:\s*")
JOURS_DE_PROVISION = 30
"""The month of interest to come that a seizure adds (CPCE R211-1): the shortest usual one, never too much."""


def list_dues(demande: Demande) -> tuple[str, ...]:
    """The keys of all that is payable and not paid: claims, heads of decisions, costs."""
    etat = demande.etat
    soldes = {solde.cle: solde for solde in etat.decompte.soldes}
    return tuple(
        ligne.cle
        for ligne in list_lignes_du_compte(etat)
        if ligne.cle in soldes
        and soldes[ligne.cle].total > ZERO
        and ligne.creance.echeance is not None
        and ligne.creance.echeance <= etat.au
    )


def compute_dette(demande: Demande, cles: Sequence[str] | None = None) -> tuple[SommeReclamee, ...]:
    """What is owed on these lines, all those due when none is named."""
    choisies = list_dues(demande) if cles is None else tuple(cles)
    sommes = (replace(somme, entier=None) for somme in compute_sommes_du_debiteur(demande.etat, choisies))
    return sort_postes(sommes, choisies)


def stop_decompte(demande: Demande, jour: date) -> Demande:
    """The dossier as it stood on a day, interest and payments up to that day included."""
    etat = demande.etat
    part = find_part_du_debiteur(etat)
    base = etat.base if part is None else etat.personnes[0].base
    decompte = compute_decompte(base.creances, base.versements, jour, arreter_au_dernier_connu=True)
    personnes = etat.personnes if part is None else (_stop_part(etat.personnes[0], decompte), *etat.personnes[1:])
    return replace(demande, etat=replace(etat, au=jour, decompte=decompte, personnes=personnes))


def _stop_part(personne: EtatPersonne, decompte: Decompte) -> EtatPersonne:
    """The same for the account of one person; the limit of what a surety owes does not move with its interest."""
    if personne.decompte is None or personne.plafond_restant is not None:
        return replace(personne, decompte=decompte)
    couru = personne.decompte.total_du - decompte.total_du
    return replace(personne, decompte=decompte, du=max(personne.du - couru, ZERO))


def find_reste_a_courir(demande: Demande, reclame: Decimal) -> Decimal | None:
    """How much more interest may still bring to what a surety is asked for; None when nothing limits it.

    Nothing when its limit is reached, or while it may not have been informed: careful (C. civ. 2296, 2302, 2303).
    """
    autre = find_autre(demande.etat)
    if autre is None:
        return None
    if any(raison.code == _NON_INFORMEE for raison in autre.raisons):
        return ZERO
    return None if autre.plafond_restant is None else max(autre.plafond_restant - reclame, ZERO)


def sort_postes(sommes: Iterable[SommeReclamee], cles: Sequence[str]) -> tuple[SommeReclamee, ...]:
    """Put what was awarded or invoiced in the order of the account, the costs last."""
    return tuple(sorted(sommes, key=lambda s: (s.solde.principal_initial == ZERO, cles.index(s.cle))))


def describe_dette(
    demande: Demande, sommes: tuple[SommeReclamee, ...], accessoires: frozenset[str], *, distinct: bool = False
) -> Vocabulaire:
    """Name what is owed. `accessoires`: the lines that are neither principal nor cost (article 700, costs awarded).

    `distinct`: interest and costs are told apart even when there are none, as seizures must (CPCE R211-1, R221-1).
    """
    totaux = add_sommes(sommes)
    lignes = list_lignes_dues(demande, sommes)
    reste = find_reste_a_courir(demande, totaux.total)
    courantes = list_courantes(list_qui_courent(demande.etat, lignes))
    par_jour = ZERO if reste == ZERO else compute_interets_par_jour(courantes)
    provision = par_jour * JOURS_DE_PROVISION
    provision = provision if reste is None else min(provision, reste)
    principal = sum((s.principal for s in sommes if s.cle not in accessoires), ZERO)
    paiements = _build_paiements(demande, sommes)
    resume = _build_resume(demande, sommes, accessoires, principal, distinct=distinct) if sommes else None
    return Vocabulaire(
        {
            "dette_principal": format_montant(principal),
            "dette_interets": format_montant(totaux.interets),
            "dette_frais": format_montant(totaux.frais),
            "dette_total": format_montant(totaux.total),
            "dette_total_en_lettres": write_en_lettres(totaux.total),
            "dette_taux": join_mots(list(dict.fromkeys(format_taux(x.taux) for x in courantes if x.base > ZERO))),
            "dette_par_jour": format_montant(par_jour),
            "dette_provision": format_montant(provision),
            "interets_a_courir_et": "" if reste == ZERO else "les intérêts à courir et ",
            "interets_a_echoir_et": "" if reste == ZERO else "les intérêts à échoir et ",
            "dette_avec_provision": format_montant(totaux.total + provision),
            "provision_jours": str(JOURS_DE_PROVISION),
        },
        {
            "dette": bool(sommes),
            "dette_interets": totaux.interets > ZERO,
            "dette_frais": totaux.frais > ZERO,
            "dette_courent": par_jour > ZERO,
            "interets_arretes": reste == ZERO and any(x.base > ZERO for x in courantes),
            "dette_payee": bool(paiements),
        },
        {
            "dette_postes": (_build_postes(demande, sommes),) if sommes else (),
            "dette_lignes": _build_lignes(demande, sommes, lignes),
            "dette_paiements": paiements,
            "dette_resume": (resume,) if resume else (),
            "dette_resume_provision": (_add_provision(resume, totaux.total, provision),) if resume else (),
        },
    )


def name_lignes(demande: Demande, cles: Collection[str]) -> dict[str, str]:
    """Name lines of the account; the heads of the only decision among them need not say which it is."""
    lignes = [ligne for ligne in list_lignes_du_compte(demande.etat) if ligne.cle in cles]
    titres = [{c.cle for c in t.chefs} for t in demande.etat.titres if any(c.cle in cles for c in t.chefs)]
    seuls = titres[0] if len(titres) == 1 else set()
    noms = {ligne.cle: clean_texte(ligne.creance.numero) for ligne in lignes}
    return {cle: _shorten(nom) if cle in seuls else nom for cle, nom in noms.items()}


def _shorten(nom: str) -> str:
    """`Somme principale`, from `Jugement du 05/10/2026 : somme principale`."""
    court = _DECISION.sub("", nom)
    return court[:1].upper() + court[1:]


def list_lignes_dues(demande: Demande, sommes: tuple[SommeReclamee, ...]) -> tuple[LigneInterets, ...]:
    """List the lines of interest of these sums."""
    cles = {somme.cle for somme in sommes if not somme.reservee}
    return tuple(ligne for ligne in demande.etat.decompte.lignes if ligne.creance in cles)


def list_courantes(lignes: tuple[LigneInterets, ...]) -> tuple[LigneInterets, ...]:
    """List those that still run at the end."""
    fin = max((ligne.au for ligne in lignes), default=None)
    return tuple(ligne for ligne in lignes if ligne.au == fin)


def _build_postes(demande: Demande, sommes: tuple[SommeReclamee, ...]) -> Tableau:
    """List what is owed, line by line, apart; a column of zeros is left out."""
    totaux = add_sommes(sommes)
    factures = {c.cle for c in demande.etat.creances}
    noms = name_lignes(demande, [s.cle for s in sommes])
    sortes = (("Indemnité", "indemnites"), ("Frais", "frais"))
    parts = (("Principal", "principal"), ("Intérêts", "interets"), *((t, p) for t, p in sortes if getattr(totaux, p)))
    return Tableau(
        "Sommes dues, ligne par ligne",
        ("Somme", "Montant initial", *(titre for titre, _ in parts), "Total"),
        "gd" + "d" * len(parts) + "d",
        tuple(
            (
                _write_poste(s) if s.cle in factures else noms[s.cle],
                format_montant(s.solde.principal_initial or s.solde.frais),
                *(format_montant(getattr(s, part)) for _, part in parts),
                format_montant(s.total),
            )
            for s in sommes
        ),
        ("Total", "", *(format_montant(getattr(totaux, part)) for _, part in parts), format_montant(totaux.total)),
    )


def _write_poste(somme: SommeReclamee) -> str:
    """An invoice with its days: `F-2026-014 du 15/05/2026, échéance le 14/06/2026 — Pose d'une verrière`."""
    creance = somme.etat.creance
    numero, libelle = clean_texte(creance.numero), clean_texte(creance.libelle)
    echeance = ""
    if creance.echeance is not None:
        echeance = write_phrase(", échéance le {jour}", jour=format_jour(creance.echeance))
    suite = f" — {libelle}" if libelle and libelle != numero else ""
    return f"{numero} du {format_jour(creance.emission)}{echeance}{suite}"


def _build_lignes(
    demande: Demande, sommes: tuple[SommeReclamee, ...], lignes: tuple[LigneInterets, ...]
) -> tuple[Bloc, ...]:
    if not lignes:
        return ()
    numeros = name_lignes(demande, [s.cle for s in sommes])
    rangs = tuple(
        (
            numeros[ligne.creance],
            format_jour(ligne.du),
            format_jour(ligne.au),
            str(ligne.jours),
            format_montant(ligne.base),
            format_taux(ligne.taux),
            format_montant(ligne.montant),
            ligne.article,
        )
        for ligne in lignes
    )
    titres = ("Intérêts sur", "Du", "Au (inclus)", "Jours", "Assiette", "Taux annuel", "Intérêts", "Texte")
    total = ("Total couru", "", "", "", "", "", format_montant(sum((x.montant for x in lignes), ZERO)), "")
    return (Tableau("Calcul des intérêts", titres, "gggddddg", rangs, total),)


def _build_paiements(demande: Demande, sommes: tuple[SommeReclamee, ...]) -> tuple[Bloc, ...]:
    """Show what was paid on these lines, and on the costs that were paid in full."""
    etat = demande.etat
    frais = {ligne.cle for ligne in etat.frais.lignes if ligne.reclame}
    suivies = {s.cle for s in sommes} | (frais if sommes else set())
    numeros = name_lignes(demande, suivies)
    rangs = tuple(
        (
            numeros[i.creance],
            format_jour(i.date),
            *(format_montant(part) for part in (i.frais + i.indemnites, i.interets, i.principal, i.montant)),
        )
        for i in demande.etat.decompte.imputations
        if i.creance in numeros
    )
    titres = ("Paiement imputé sur", "Le", "Frais et indemnité", "Intérêts", "Principal", "Montant")
    return (Tableau("Paiements déduits", titres, "ggdddd", rangs),) if rangs else ()


def _build_resume(
    demande: Demande,
    sommes: tuple[SommeReclamee, ...],
    accessoires: frozenset[str],
    principal: Decimal,
    *,
    distinct: bool,
) -> Sommes:
    """The sums apart, as the officer must tell them: principal, costs, interest due (CPCE R211-1, R221-1)."""
    totaux = add_sommes(sommes)
    noms = name_lignes(demande, [s.cle for s in sommes])
    lignes = [Somme("Principal", "", format_montant(principal))]
    lignes += [
        Somme(noms[s.cle], "", format_montant(s.principal))
        for s in sommes
        if s.cle in accessoires and s.principal > ZERO
    ]
    if totaux.interets > ZERO or distinct:
        calcul = ", calculés ci-dessous" if totaux.interets > ZERO else ""
        calcul += _write_reduction(demande, sommes, totaux.interets)
        detail = write_phrase("échus au {jour} inclus{calcul}", jour=format_jour(demande.etat.au), calcul=calcul)
        lignes.append(Somme("Intérêts échus", detail, format_montant(totaux.interets)))
    if totaux.indemnites > ZERO:
        public = demande.etat.regime.regime is Regime.PUBLIC
        detail = "40 € par facture (CCP, article D2192-35)" if public else "40 € par facture (C. com., article D441-5)"
        montant = format_montant(totaux.indemnites)
        lignes.append(Somme("Indemnité forfaitaire pour frais de recouvrement", write_phrase(detail), montant))
    if totaux.frais > ZERO or distinct:
        detail = "détaillés ci-dessous" if totaux.frais > ZERO else "avant le présent acte"
        lignes.append(Somme("Frais", detail, format_montant(totaux.frais)))
    return Sommes(tuple(lignes), Somme("Total", "", format_montant(totaux.total)))


def _write_reduction(demande: Demande, sommes: tuple[SommeReclamee, ...], interets: Decimal) -> str:
    """Why a surety is not asked for all the interest that ran."""
    autre = find_autre(demande.etat)
    if autre is None or interets >= sum((s.solde.interets for s in sommes), ZERO):
        return ""
    raisons = [_REDUCTIONS[raison.code] for raison in autre.raisons if raison.code in _REDUCTIONS]
    return "".join(f", {raison}" for raison in raisons)


def _add_provision(resume: Sommes, du: Decimal, provision: Decimal) -> Sommes:
    """Add the month of interest to come to the sums due (CPCE R211-1, 3°)."""
    detail = write_phrase("{jours} jours, délai pour contester", jours=str(JOURS_DE_PROVISION))
    ajoutee = Somme("Provision pour les intérêts à échoir", detail, format_montant(provision))
    return Sommes((*resume.lignes, ajoutee), Somme("Total", "", format_montant(du + provision)))
