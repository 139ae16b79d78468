from exigible.cli.banc_factures import build_facturx, measure_facturx
from exigible.echanges.lecture import read_fichier


def test_each_pdf_holds_an_invoice_of_its_own():
    lu = read_fichier(build_facturx(7))
    assert (lu.format, [c.numero for c in lu.creances], lu.erreurs) == ("facturx", ["F-7"], ())
    assert len(build_facturx(7)) > 40_000


def test_the_measure_counts_invoices_and_leaves_nothing(tmp_path):
    mesure = measure_facturx(tmp_path, 3)
    assert mesure["pdf"] == 3
    assert mesure["pdf_par_seconde"] > 0
    assert list(tmp_path.iterdir()) == []
