"""The bank page without a mouse: from line to line, open, see what it would pay, accept, undo."""

from playwright.sync_api import expect


def find_ici(page):
    return page.evaluate(
        "[...document.querySelectorAll('[data-ligne]')].findIndex((l) => l.contains(document.activeElement))"
    )


def test_the_bank_is_matched_by_keyboard(connexion):
    page = connexion
    page.goto("/banque/")
    lignes = page.locator("[data-ligne]")
    nombre = lignes.count()
    assert nombre > 1
    places = []
    for touche in ("j", "j", "k", "k"):
        page.keyboard.press(touche)
        places.append(find_ici(page))
    assert places == [0, 1, 0, 0]
    rang = next(i for i in range(nombre) if "Informatique Chimère" in lignes.nth(i).inner_text())
    for _ in range(rang):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    panneau = page.locator("#panneau")
    expect(panneau.get_by_role("heading", level=2).first).to_contain_text("Informatique Chimère")
    expect(panneau.get_by_role("button", name="C’est ce client").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("e")
    expect(panneau.get_by_role("table", name="Imputation du virement, facture par facture")).to_be_visible()
    page.wait_for_load_state("networkidle")  # a key pressed before the page listens is lost
    page.keyboard.press("e")
    expect(page.get_by_text("Virement affecté à Informatique Chimère.")).to_be_visible()
    expect(lignes).to_have_count(nombre - 1)


def test_a_letter_typed_in_a_field_decides_nothing(connexion):
    page = connexion
    page.goto("/banque/")
    nombre = page.locator("[data-ligne]").count()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    motif = page.locator("#panneau").get_by_label("Ce mouvement ne concerne aucun client : pourquoi ?")
    motif.fill("")
    motif.press("e")
    motif.press("j")
    expect(motif).to_have_value("ej")
    expect(page.locator("[data-ligne]")).to_have_count(nombre)
