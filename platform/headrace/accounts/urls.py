"""Addresses of the accounts API."""

from __future__ import annotations

from django.urls import path

from headrace.accounts import views

urlpatterns = [
    path("auth/sign-in/", views.SignInView.as_view()),
    path("auth/one-time/", views.OneTimeView.as_view()),
    path("auth/sign-out/", views.SignOutView.as_view()),
    path("auth/place/", views.PlaceView.as_view()),
    path("auth/anywhere/", views.AnywhereView.as_view()),
    path("session/tenants/", views.TenantsView.as_view()),
    path("session/hand-over/", views.HandOverView.as_view()),
    path("session/", views.SessionView.as_view()),
    path("session/preferences/", views.PreferencesView.as_view()),
    path("members/", views.MembersView.as_view()),
    path("members/<uuid:member_id>/", views.MemberView.as_view()),
    path("api-keys/", views.ApiKeysView.as_view()),
    path("api-keys/<uuid:key_id>/", views.ApiKeyView.as_view()),
]
