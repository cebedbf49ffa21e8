"""The addresses of the manager's pages."""

from django.urls import path

from otklik.web.manager import duty, people, views

urlpatterns = [
    path("manager/", views.manager, name="manager"),
    path("manager/<int:pk>/", views.manager_of, name="manager_of"),
    path("manager/<int:pk>/tasks/", views.manager_tasks, name="manager_tasks"),
    path("manager/<int:pk>/remind/", views.manager_remind, name="manager_remind"),
    path("manager/<int:pk>/rota/", duty.manager_rota, name="manager_rota"),
    path("manager/<int:pk>/rota/<int:duty>/remove/", duty.manager_rota_remove, name="manager_rota_remove"),
    path("manager/<int:pk>/people/", people.manager_people, name="manager_people"),
    path("manager/<int:pk>/people/<int:holder>/", people.manager_hand_over, name="manager_hand_over"),
    path("manager/<int:pk>/people/<int:holder>/back/", people.manager_hand_back, name="manager_hand_back"),
]
