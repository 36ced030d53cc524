"""Addresses of the accounts API."""

from __future__ import annotations

from django.urls import path

from headrace.accounts import own_views, team_views, views

urlpatterns = [
    path("auth/sign-in/", views.SignInView.as_view()),
    path("auth/one-time/", views.OneTimeView.as_view()),
    path("auth/sign-out/", views.SignOutView.as_view()),
    path("auth/place/", views.PlaceView.as_view()),
    path("auth/anywhere/", views.AnywhereView.as_view()),
    path("auth/invitation/", team_views.OfferView.as_view()),
    path("auth/invitation/accept/", team_views.AcceptView.as_view()),
    path("auth/forgotten/", own_views.ForgottenView.as_view()),
    path("auth/new-password/", own_views.NewPasswordView.as_view()),
    path("session/tenants/", views.TenantsView.as_view()),
    path("session/hand-over/", views.HandOverView.as_view()),
    path("session/", views.SessionView.as_view()),
    path("session/preferences/", views.PreferencesView.as_view()),
    path("session/person/", own_views.PersonView.as_view()),
    path("session/password/", own_views.PasswordView.as_view()),
    path("session/leave/", team_views.LeaveView.as_view()),
    path("sessions/", own_views.BrowserSessionsView.as_view()),
    path("sessions/<uuid:session_id>/", own_views.BrowserSessionView.as_view()),
    path("invitations/", team_views.InvitationsView.as_view()),
    path("invitations/<uuid:invitation_id>/", team_views.InvitationView.as_view()),
    path("invitations/<uuid:invitation_id>/renew/", team_views.RenewView.as_view()),
    path("roles/", team_views.RolesView.as_view()),
    path("members/", views.MembersView.as_view()),
    path("members/<uuid:member_id>/", views.MemberView.as_view()),
    path("api-keys/", views.ApiKeysView.as_view()),
    path("api-keys/<uuid:key_id>/", views.ApiKeyView.as_view()),
]
