"""Addresses of what belongs to ceilings."""

from django.urls import path

from budgeting.api.ceilings import views

urlpatterns = [
    path("ceilings/<int:ceiling_id>/ledger/", views.LedgerView.as_view(), name="ceiling-ledger"),
    path("ceilings/<int:ceiling_id>/versions/", views.VersionsView.as_view(), name="ceiling-versions"),
    path("ceilings/<int:ceiling_id>/transfers/", views.CeilingTransfersView.as_view(), name="ceiling-transfers"),
    path("ceilings/<int:ceiling_id>/formulas/", views.FormulasView.as_view(), name="ceiling-formulas"),
    path("transfers/<uuid:transfer_id>/", views.TransferView.as_view(), name="transfer"),
    path("transfers/<uuid:transfer_id>/confirm/", views.ConfirmTransferView.as_view(), name="transfer-confirm"),
    path("transfers/<uuid:transfer_id>/withdraw/", views.WithdrawTransferView.as_view(), name="transfer-withdraw"),
    path("formulas/<uuid:formula_id>/", views.FormulaView.as_view(), name="formula"),
    path("formulas/<uuid:formula_id>/publish/", views.PublishFormulaView.as_view(), name="formula-publish"),
    path("formulas/<uuid:formula_id>/apply/", views.ApplyFormulaView.as_view(), name="formula-apply"),
]
