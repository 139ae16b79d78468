"""The proofs of a mention: a value alone, several in a sentence, or the first and the last of its words."""

from exigible.actes.mentions import Mention, find_absentes, list_preuves


def mention(*preuves):
    return Mention(code="m", libelle="", article="", statut="loi", preuves=preuves)


def test_une_valeur_seule_veut_tous_ses_textes():
    assert list_preuves(mention("{a}"), {"a": ("un", "deux")}) == ("un", "deux")


def test_une_phrase_peut_commencer_et_finir_par_une_valeur():
    valeurs = {"a": ("quittance",), "b": ("10,00",)}
    assert list_preuves(mention("{a} de la somme de {b}"), valeurs) == ("quittance de la somme de 10,00",)


def test_une_valeur_inconnue_est_une_mention_absente():
    (absente,) = find_absentes([mention("{inconnue}")], {}, "un texte")
    assert absente.code == "m"
