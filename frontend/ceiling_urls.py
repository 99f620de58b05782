"""Addresses of ceilings: the tree of a year, one ceiling, transfers, versions, formulas."""

from django.urls import path

from frontend.views.ceilings import formulas, node, tree

urlpatterns = [
    path("anggaran/", tree.tree, name="budget"),
    path("anggaran/pagu/", tree.set_ceiling, name="set_ceiling"),
    path("anggaran/pagu/<int:pk>/", node.ceiling, name="ceiling"),
    path("anggaran/pagu/<int:pk>/terbit/", tree.publish_ceiling, name="publish_ceiling"),
    path("anggaran/pagu/<int:pk>/tarik/", tree.withdraw_ceiling, name="withdraw_ceiling"),
    path("anggaran/pagu/<int:pk>/bagian/terbit/", tree.publish_parts, name="publish_parts"),
    path("anggaran/pagu/<int:pk>/buku/", node.ledger, name="ceiling_ledger"),
    path("anggaran/pagu/<int:pk>/riwayat/", node.versions, name="ceiling_versions"),
    path("anggaran/pagu/<int:pk>/alih/", node.ask_transfer, name="ask_transfer"),
    path("anggaran/alih/<uuid:transfer_id>/", node.decide_transfer, name="decide_transfer"),
    path("anggaran/pagu/<int:pk>/rumus/", formulas.write, name="write_formula"),
    path("anggaran/pagu/<int:pk>/rumus/isian.csv", formulas.blank, name="formula_sheet"),
    path("anggaran/rumus/<uuid:formula_id>/", formulas.formula, name="formula"),
    path("anggaran/rumus/<uuid:formula_id>/terbit/", formulas.publish, name="publish_formula"),
    path("anggaran/rumus/<uuid:formula_id>/terapkan/", formulas.apply, name="apply_formula"),
    path("anggaran/rumus/<uuid:formula_id>/rumus.csv", formulas.table, name="formula_table"),
    path("anggaran/rumus/<uuid:formula_id>/rumus.json", formulas.published, name="formula_json"),
]
