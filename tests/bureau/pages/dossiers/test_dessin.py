"""The drawing of a procedure in the office: named in words, in the language of the page, under its own policy."""

from datetime import date

import pytest
from django.urls import reverse
from lxml import etree

from exigible.dossier.faits import ProcedureOuverte
from exigible.dossier.procedures.graphe import load_graphe

SVG = "{http://www.w3.org/2000/svg}"


def dessiner(navigateur, code, langue="fr"):
    return navigateur.get(reverse("procedure_dessin", args=[code]), headers={"accept-language": langue})


def list_textes(racine):
    return [noeud.text for noeud in racine.iter(f"{SVG}text")]


@pytest.mark.parametrize("code", list(load_graphe().procedures))
def test_en_anglais_tout_est_en_anglais(navigateur, code):
    francais, anglais = (etree.fromstring(dessiner(navigateur, code, x).content) for x in ("fr", "en"))
    assert (francais.get("lang"), anglais.get("lang")) == ("fr", "en")
    assert francais.find(f"{SVG}title").text != anglais.find(f"{SVG}title").text
    assert francais.find(f"{SVG}desc").text != anglais.find(f"{SVG}desc").text
    francais_seuls = ("dans un délai de", "de plein droit", "reste dans cet état", "pas avant la fin")
    assert not [texte for texte in list_textes(anglais) if any(mot in texte for mot in francais_seuls)]


def test_la_page_le_montre_et_le_nomme(navigateur, dossier, ecrire):
    ecrire(dossier, (ProcedureOuverte(cle="ip", procedure="IP", evenement="depot_requete"), date(2026, 11, 1)))
    page = navigateur.get(reverse("dossier_procedures", args=[dossier.pk])).content.decode()
    assert f'src="{reverse("procedure_dessin", args=["IP"])}"' in page
    assert 'alt="Injonction de payer : ses états, ses étapes' in page


def test_son_style_seul_est_permis(navigateur):
    reponse = dessiner(navigateur, "IP")
    regle = reponse.headers["Content-Security-Policy"]
    assert "style-src 'sha256-" in regle
    assert "unsafe-inline" not in regle
    assert reponse["Content-Type"] == "image/svg+xml; charset=utf-8"


def test_un_code_inconnu_n_existe_pas(navigateur):
    assert dessiner(navigateur, "RIEN").status_code == 404


def test_il_faut_etre_connecte(client):
    assert client.get(reverse("procedure_dessin", args=["IP"])).status_code == 302
