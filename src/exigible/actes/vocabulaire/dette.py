"""All that is owed, line by line, decisions and costs included: what an officer enforces, what is declared."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Somme, Sommes, Tableau
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import SommeReclamee, add_sommes, compute_sommes_du_debiteur, find_part_du_debiteur
from exigible.actes.typst.texte import apply_typographie, clean_texte, write_phrase
from exigible.actes.vocabulaire.sommes import compute_interets_par_jour, list_qui_courent
from exigible.dossier.obligation.lignes import list_lignes_du_compte
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant, format_taux
from exigible.droit.decompte import compute_decompte
from exigible.droit.interets import LigneInterets, Regime
from exigible.droit.jours import format_jour
from exigible.droit.reconnaissance import write_somme_en_lettres

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
    """The dossier as it stood on a day, interest and payments up to that day included.

    A share of the debt is counted by the dossier alone: it stays as told there.
    """
    decompte = demande.etat.decompte
    if find_part_du_debiteur(demande.etat) is None:
        base = demande.etat.base
        decompte = compute_decompte(base.creances, base.versements, jour, arreter_au_dernier_connu=True)
    return replace(demande, etat=replace(demande.etat, au=jour, decompte=decompte))


def sort_postes(sommes: Iterable[SommeReclamee], cles: Sequence[str]) -> tuple[SommeReclamee, ...]:
    """Put what was awarded or invoiced in the order of the account, the costs last."""
    return tuple(sorted(sommes, key=lambda s: (s.solde.principal_initial == ZERO, cles.index(s.cle))))


def describe_dette(demande: Demande, sommes: tuple[SommeReclamee, ...], accessoires: frozenset[str]) -> Vocabulaire:
    """Name what is owed. `accessoires`: the lines that are neither principal nor cost (article 700, costs awarded)."""
    totaux = add_sommes(sommes)
    lignes = list_lignes_dues(demande, sommes)
    courantes = list_courantes(list_qui_courent(demande.etat, lignes))
    par_jour = compute_interets_par_jour(courantes)
    provision = par_jour * JOURS_DE_PROVISION
    principal = sum((s.principal for s in sommes if s.cle not in accessoires), ZERO)
    paiements = _build_paiements(demande, sommes)
    return Vocabulaire(
        {
            "dette_principal": format_montant(principal),
            "dette_interets": format_montant(totaux.interets),
            "dette_frais": format_montant(totaux.frais),
            "dette_total": format_montant(totaux.total),
            "dette_total_en_lettres": apply_typographie(write_somme_en_lettres(totaux.total)),
            "dette_taux": join_mots(list(dict.fromkeys(format_taux(x.taux) for x in courantes if x.base > ZERO))),
            "dette_par_jour": format_montant(par_jour),
            "dette_provision": format_montant(provision),
            "dette_avec_provision": format_montant(totaux.total + provision),
            "provision_jours": str(JOURS_DE_PROVISION),
        },
        {
            "dette": bool(sommes),
            "dette_interets": totaux.interets > ZERO,
            "dette_frais": totaux.frais > ZERO,
            "dette_courent": par_jour > ZERO,
            "dette_payee": bool(paiements),
        },
        {
            "dette_postes": (_build_postes(demande, sommes),) if sommes else (),
            "dette_lignes": _build_lignes(demande, sommes, lignes),
            "dette_paiements": paiements,
            "dette_resume": (_build_resume(demande, sommes, accessoires, principal),) if sommes else (),
            "dette_resume_provision": _build_provision(demande, sommes, accessoires, principal, provision),
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
    demande: Demande, sommes: tuple[SommeReclamee, ...], accessoires: frozenset[str], principal: Decimal
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
    if totaux.interets > ZERO:
        detail = write_phrase("échus au {jour} inclus, calculés ci-dessous", jour=format_jour(demande.etat.au))
        lignes.append(Somme("Intérêts échus", detail, format_montant(totaux.interets)))
    if totaux.indemnites > ZERO:
        public = demande.etat.regime.regime is Regime.PUBLIC
        detail = "40 € par facture (CCP, article D2192-35)" if public else "40 € par facture (C. com., article D441-5)"
        montant = format_montant(totaux.indemnites)
        lignes.append(Somme("Indemnité forfaitaire de recouvrement", write_phrase(detail), montant))
    if totaux.frais > ZERO:
        lignes.append(Somme("Frais", "détaillés ci-dessous", format_montant(totaux.frais)))
    return Sommes(tuple(lignes), Somme("Total", "", format_montant(totaux.total)))


def _build_provision(
    demande: Demande,
    sommes: tuple[SommeReclamee, ...],
    accessoires: frozenset[str],
    principal: Decimal,
    provision: Decimal,
) -> tuple[Bloc, ...]:
    if not sommes:
        return ()
    resume = _build_resume(demande, sommes, accessoires, principal)
    detail = write_phrase("{jours} jours, délai pour contester", jours=str(JOURS_DE_PROVISION))
    ajoutee = Somme("Provision pour les intérêts à échoir", detail, format_montant(provision))
    total = format_montant(add_sommes(sommes).total + provision)
    return (Sommes((*resume.lignes, ajoutee), Somme("Total", "", total)),)
