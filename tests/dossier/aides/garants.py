"""Those who are liable with the debtor, in few words: for the tests of persons and sureties."""

from decimal import Decimal

from exigible.dossier.faits import ChefJugement, JugementRendu, PaiementRecu, PersonneTenue, RegimeChef


def tenue(cle, role, **champs):
    return PersonneTenue(cle=cle, nom=f"{cle} Exemple", role=role, **champs)


def paiement(cle, montant, payeur="", *creances):
    return PaiementRecu(cle=cle, montant=Decimal(montant), payeur=payeur, creances=creances)


def jugement(montant, *contre, cle="J", **champs):
    chef = ChefJugement(cle="p", montant=Decimal(montant), creances=("A",), regime=RegimeChef.AUCUN)
    return JugementRendu(cle=cle, chefs=(chef,), contre=contre, **champs)


def lis(etat, cle):
    return next(p for p in etat.personnes if p.cle == cle)


def list_raisons(personne):
    return [r.code for r in personne.raisons]
