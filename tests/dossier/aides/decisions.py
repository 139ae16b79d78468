"""Judgments and their heads, in few words: for the tests of titles, waivers and what follows them."""

from decimal import Decimal

from exigible.dossier.faits import ChefJugement, JugementRendu, PaiementRecu


def chef(montant, creances=("A",), cle="principal", **champs):
    return ChefJugement(cle=cle, montant=Decimal(montant), creances=creances, **champs)


def jugement(*chefs, cle="J", **champs):
    return JugementRendu(cle=cle, chefs=chefs, **champs)


def paiement(cle, montant, *creances, **champs):
    return PaiementRecu(cle=cle, montant=Decimal(montant), creances=creances, **champs)


def lis(etat, cle):
    return next(s for s in etat.decompte.soldes if s.cle == cle)


def list_codes(etat):
    return [a.code for a in etat.avertissements]
