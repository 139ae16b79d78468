"""The dossiers that `exigible banc` folds: forty facts each, from a seed, in a mix that the guide tells.

Two to six invoices and the letters, calls and payments that follow; in twenty dossiers, ten have nothing else, four a
payment plan, three a dispute, two an order for payment, one an insolvency.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from exigible.dossier.faits import (
    Adresse,
    AppelPasse,
    AvoirEmis,
    Canal,
    ContestationClose,
    ContestationRecue,
    CourrierApprouve,
    CourrierPoste,
    CourrierRecu,
    CreanceNee,
    DebiteurDecrit,
    EcheancePlan,
    Etape,
    EtapeFranchie,
    Fait,
    FraisExpose,
    IssueAppel,
    IssueContestation,
    ModeEnvoi,
    NatureFrais,
    NoteAjoutee,
    PaiementRecu,
    PlanConvenu,
    ProcedureCollectiveOuverte,
    ProcedureOuverte,
    PromesseRecue,
    Reclamation,
    RelanceFaite,
)
from exigible.dossier.faits_creancier import (
    CompteBancaireAjoute,
    ConditionsDeVenteFixees,
    CreancierDecrit,
    ReclamationFixee,
)
from exigible.dossier.journal import Enveloppe, Maillon, encode_fait, get_type
from exigible.droit.competence_faits import Juridiction
from exigible.droit.plan import InteretsDuPlan
from exigible.droit.regimes import QualitePartie

AU = date(2026, 11, 21)
FAITS = 40
_OUVERTURE = date(2025, 1, 6)
_INSTANT = datetime(2025, 1, 6, 9, tzinfo=UTC)
_QUALITES = (*[QualitePartie.PROFESSIONNEL] * 7, *[QualitePartie.CONSOMMATEUR] * 2, QualitePartie.PERSONNE_PUBLIQUE)
_ADRESSE = Adresse(lignes=("1 rue de l'Exemple",), code_postal="75001", ville="Villefictive")
_MOIS = timedelta(days=30)

_SORTES = 20
_PLANS, _LITIGES, _LITIGE_FONDE = (1, 6, 11, 16), (3, 8, 13), 13
_INJONCTIONS, _INSOLVABLE = (5, 15), 19


def list_creancier(rang: int) -> list[Maillon]:
    """Return the journal of a creditor: one in two claims penalties and the 40 €, the others only announce them.

    Three in four agreed on 12 % a year with their customers.
    """
    reclame = Reclamation.RECLAMER if rang % 2 else Reclamation.ANNONCER
    return store_faits(
        [
            (_OUVERTURE, CreancierDecrit(nom=f"Atelier Exemple {rang}", adresse=_ADRESSE)),
            (_OUVERTURE, CompteBancaireAjoute(iban=f"FR{rang:025d}", principal=True)),
            (_OUVERTURE, ConditionsDeVenteFixees(delai="30 jours", taux_penalites=Decimal(12) if rang % 4 else None)),
            (_OUVERTURE, ReclamationFixee(penalites=reclame, indemnite=reclame)),
        ]
    )


def list_dossier(rang: int, faits: int = FAITS) -> list[Maillon]:
    """Return the journal of a dossier, always the same for a rank, in order of days."""
    # Drawn lots make invoices and days that differ, nothing here is a secret.
    tirage = Random(rang)  # noqa: S311
    creances = max(2, (2 + rang % 5) * faits // FAITS)
    histoire = [*_begin(rang, tirage, creances, faits), *_list_suites(rang % _SORTES)]
    histoire += _fill(tirage, faits - len(histoire), creances)
    return store_faits(sorted(histoire, key=lambda date_et_fait: date_et_fait[0]))


def store_faits(faits: list[tuple[date, Fait]]) -> list[Maillon]:
    """Write facts as the base keeps them; the hashes, which the fold does not look at, are left empty."""
    return [
        Maillon(
            enveloppe=Enveloppe(
                chaine="",
                rang=rang,
                type=get_type(fait),
                date_effet=jour,
                enregistre_le=_INSTANT + (jour - _OUVERTURE),
                auteur="banc",
                corrige=None,
                empreinte_contenu="",
                precedent="",
            ),
            empreinte="",
            sel=b"",
            contenu=encode_fait(fait),
        )
        for rang, (jour, fait) in enumerate(faits, start=1)
    ]


def _begin(rang: int, tirage: Random, creances: int, faits: int) -> Iterator[tuple[date, Fait]]:
    """The debtor, its invoices, the reminder and the formal notice of each second one, one payment in two invoices."""
    qualite = _QUALITES[rang % len(_QUALITES)]
    yield _OUVERTURE, DebiteurDecrit(nom=f"Client Modèle {rang}", qualite=qualite, adresse=_ADRESSE)
    periode = (AU - 6 * _MOIS - _OUVERTURE).days
    for n in range(creances):
        cle = f"F{n}"
        emission = _OUVERTURE + timedelta(days=periode * n // creances + tirage.randrange(10))
        echeance = emission + _MOIS
        montant = Decimal(tirage.randrange(10_000, 900_000)).scaleb(-2)
        yield (
            emission,
            CreanceNee(cle=cle, numero=f"F-{rang}-{n}", emission=emission, echeance=echeance, montant=montant),
        )
        yield echeance + timedelta(days=7), _remind(Etape.RELANCE, cle)
        if n % 2:
            yield echeance + timedelta(days=tirage.randrange(8, 90)), _pay(f"P{n}", montant, cle)
        elif 4 * n < faits:
            yield from _notify(f"M{n}", (cle,), montant, echeance + timedelta(days=20))


def _notify(cle: str, creances: tuple[str, ...], montant: Decimal, jour: date) -> Iterator[tuple[date, Fait]]:
    """A formal notice: approved, posted, received."""
    acte = "mise_en_demeure"
    yield (
        jour,
        CourrierApprouve(
            courrier=cle,
            acte=acte,
            piece="0" * 64,
            creances=creances,
            montant=montant,
            delai_jours=8,
            destinataire="Client Modèle",
        ),
    )
    yield jour, CourrierPoste(courrier=cle, acte=acte, creances=creances, mode=ModeEnvoi.LRAR, numero="1A0000000000")
    yield jour + timedelta(days=3), CourrierRecu(courrier=cle)


def _list_suites(sorte: int) -> Iterator[tuple[date, Fait]]:
    """What befalls the first invoice, one dossier in two."""
    if sorte in _PLANS:
        echeances = tuple(EcheancePlan(date(2026, mois, 28), Decimal(100)) for mois in (8, 9, 10, 11, 12))
        yield (
            date(2026, 7, 28),
            PlanConvenu(
                cle="plan",
                creances=("F0",),
                echeances=echeances,
                interets=InteretsDuPlan.MAINTENUS,
                signe_par_debiteur=True,
            ),
        )
        yield from ((e.jour, _pay(f"E{n}", e.montant, "F0")) for n, e in enumerate(echeances[:3]))
    elif sorte in _LITIGES:
        yield date(2026, 6, 2), ContestationRecue(cle="L", creances=("F0",), motif="livraison incomplète")
        if sorte == _LITIGE_FONDE:
            yield date(2026, 6, 20), ContestationClose(contestation="L", issue=IssueContestation.FONDEE)
            yield date(2026, 7, 1), AvoirEmis(cle="A", numero="A-1", montant=Decimal("30.00"), creance="F0")
    elif sorte in _INJONCTIONS:
        yield (
            date(2026, 3, 2),
            ProcedureOuverte(
                cle="ip",
                procedure="IP",
                evenement="depot_requete",
                creances=("F0",),
                juridiction=Juridiction.TRIBUNAL_DE_COMMERCE,
            ),
        )
        yield date(2026, 3, 5), EtapeFranchie(procedure="ip", evenement="consignation")
        yield date(2026, 4, 1), EtapeFranchie(procedure="ip", evenement="ordonnance")
        yield (
            date(2026, 4, 1),
            FraisExpose(cle="G", nature=NatureFrais.DEPENS, montant=Decimal("31.80"), procedure="ip"),
        )
        yield date(2026, 5, 4), EtapeFranchie(procedure="ip", evenement="signification_a_personne")
    elif sorte == _INSOLVABLE:
        yield (
            date(2026, 9, 8),
            ProcedureCollectiveOuverte(nature="liquidation judiciaire", publication=date(2026, 9, 16)),
        )
        yield date(2026, 10, 1), EtapeFranchie(procedure="PC", evenement="declaration_creance")
    else:
        yield AU - 2 * _MOIS, PromesseRecue(cle="promesse", jusqu_au=AU - _MOIS, creances=("F0",))


def _fill(tirage: Random, nombre: int, creances: int) -> Iterator[tuple[date, Fait]]:
    """Calls, reminders, notes and small payments, until the count of facts is reached."""
    for n in range(nombre):
        jour = AU - timedelta(days=tirage.randrange(1, 500))
        cle = f"F{tirage.randrange(creances)}"
        sorte = n % 8
        if sorte in {0, 4}:
            yield jour, AppelPasse(creances=(cle,), issue=IssueAppel.MESSAGE_LAISSE, compte_rendu="Rappellera.")
        elif sorte in {1, 5}:
            yield jour, _remind(Etape.RELANCE, cle)
        elif sorte == 2:  # noqa: PLR2004 - one in eight
            yield jour, _pay(f"V{n}", Decimal(tirage.randrange(1_000, 9_000)).scaleb(-2), "")
        else:
            yield jour, NoteAjoutee(texte="Échange avec la comptabilité du client : le règlement est au circuit.")


def _remind(etape: Etape, cle: str) -> RelanceFaite:
    return RelanceFaite(etape=etape, canal=Canal.COURRIEL, creances=(cle,), destinataire="client@example.org")


def _pay(cle: str, montant: Decimal, creance: str) -> PaiementRecu:
    return PaiementRecu(cle=cle, montant=montant, creances=(creance,) if creance else (), moyen="virement")
