"""Addresses of the demo network."""

from django.urls import path

from otklik.web.demo_network import views

urlpatterns = [
    path("demo-network/", views.demo_network, name="demo_network"),
    path("demo-network/<slug:community>/", views.demo_community, name="demo_community"),
    path("demo-network/<slug:community>/posts/", views.demo_posts, name="demo_posts"),
    path("demo-network/<slug:community>/<int:pk>/reply/", views.demo_reply, name="demo_reply"),
]
