"""Against whom a title is enforced: the page asks it when there is a choice, and answers about the person chosen."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.dossier.faits import (
    ChefJugement,
    JugementRendu,
    JugementSignifie,
    PersonneTenue,
    RolePersonne,
    SolvabiliteConstatee,
)

FAITS = [
    PersonneTenue(cle="ca", nom="Sacha Caution-Fictive", role=RolePersonne.CAUTION_SOLIDAIRE),
    JugementRendu(
        cle="j-1",
        chefs=(ChefJugement(cle="p", montant=Decimal("1000.00")),),
        contre=("debiteur", "ca"),
        solidaire=True,
    ),
    JugementSignifie(decision="j-1", personnes=("debiteur", "ca")),
    SolvabiliteConstatee(source="Enquête", texte="x", banque="Banque du débiteur\nTestville"),
    SolvabiliteConstatee(source="Enquête", texte="x", personne="ca", banque="Banque de la caution\nTestville"),
]


@pytest.fixture
def adresse(dossier):
    record_faits(dossier.chaine, [FaitAEcrire(fait, date(2026, 11, 2)) for fait in FAITS], "essai")
    return reverse("document", args=[dossier.pk, "saisie_attribution"])


def choose(navigateur, adresse, **reponses):
    form = navigateur.get(adresse).context["form"]
    champs = {champ.name: "\r\n".join((champ.value() or "").splitlines()) for champ in form}
    assert navigateur.post(adresse, champs | {f"r-{q}": texte for q, texte in reponses.items()}).status_code == 302
    return navigateur.get(adresse)


def test_changer_de_personne_change_ce_que_le_dossier_repond(navigateur, adresse):
    page = navigateur.get(adresse)
    assert page.context["form"]["r-contre"].value() == "debiteur"
    page = choose(navigateur, adresse, contre="debiteur")
    assert page.context["form"]["r-tiers"].value().startswith("Banque du débiteur")
    page = choose(navigateur, adresse, contre="ca")
    assert page.context["form"]["r-tiers"].value().startswith("Banque de la caution")
    assert "Sacha Caution-Fictive" in page.context["acte"].texte
    page = choose(navigateur, adresse, tiers="Un client\nTestville")
    assert page.context["form"]["r-tiers"].value().startswith("Un client")


def test_ce_qui_fut_ecrit_de_sa_main_reste(navigateur, adresse):
    choose(navigateur, adresse, tiers="Un client\nTestville")
    page = choose(navigateur, adresse, contre="ca")
    assert page.context["form"]["r-tiers"].value().startswith("Un client")
