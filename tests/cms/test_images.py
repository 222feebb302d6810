"""Pictures in the sizes that the API offers, and who makes these when."""

import pytest
from django.db.models.signals import post_init
from django_tasks_db.models import DBTaskResult

from cms.models import Image, PageDocument, Rendition
from cms.renditions import images_lacking_sizes
from cms.tasks import make_renditions
from tests.factories import make_image, make_news


def sources(api, page):
    return [(source["width"], source["type"]) for source in api(f"pages/{page.pk}/")["image"]["srcset"]]


@pytest.fixture
def tasks(db):
    """The arguments of the tasks in line, after which the line is empty."""

    def taken():
        waiting = [task.args_kwargs["args"] for task in DBTaskResult.objects.order_by("enqueued_at")]
        DBTaskResult.objects.all().delete()
        return waiting

    return taken


def test_image_of_a_card(api, noord):
    image = make_image("Lokaal", credit="Maker", width=1000, height=640)
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 250, 320, 100, 100
    image.save()
    make_renditions.call(image.pk)
    make_news(noord, image=image)

    shown = api("pages/?type=regions.NewsPage")["items"][0]["image"]

    assert shown["alt"] == "Beschrijving van Lokaal"
    assert (shown["width"], shown["height"], shown["credit"]) == (1000, 640, "Maker")
    assert shown["focal_point"] == {"x": 0.25, "y": 0.5}
    assert [(source["width"], source["height"], source["type"]) for source in shown["srcset"]] == [
        (480, 307, "image/avif"),
        (960, 614, "image/avif"),
        (1000, 640, "image/avif"),
        (480, 307, "image/webp"),
        (960, 614, "image/webp"),
        (1000, 640, "image/webp"),
        (960, 614, "image/jpeg"),
    ]
    assert all(source["url"].startswith("http://cms.test/media/") for source in shown["srcset"])


def test_small_image_is_not_enlarged_and_comes_once_in_each_format(api, noord):
    image = make_image(width=20, height=10)
    make_renditions.call(image.pk)

    assert sources(api, make_news(noord, image=image)) == [(20, "image/avif"), (20, "image/webp"), (20, "image/jpeg")]
    assert Rendition.objects.count() == 4  # the one for sharing, too


def test_image_whose_file_is_gone_has_an_empty_srcset(api, noord):
    image = make_image("Weg")
    image.file.storage.delete(image.file.name)

    assert sources(api, make_news(noord, image=image)) == []


def test_avif_is_left_to_the_worker_and_shown_once_it_is_there(api, noord, tasks):
    image = make_image(width=500, height=300)
    page = make_news(noord, image=image)
    without_avif = [(480, "image/webp"), (500, "image/webp"), (500, "image/jpeg")]
    assert tasks() == [[image.pk]]
    assert not Rendition.objects.exists()
    assert sources(api, page) == without_avif

    make_renditions.call(image.pk)

    assert sources(api, page) == [(480, "image/avif"), (500, "image/avif"), *without_avif]


def test_pages_that_show_a_picture_in_their_text_are_told_of_its_sizes(api, noord):
    image = make_image(width=20, height=10)
    page = make_news(noord, body=[("gallery", {"title": "", "images": [image, image]})])
    api(f"pages/{page.pk}/")

    make_renditions.call(image.pk)

    [gallery] = api(f"pages/{page.pk}/")["body"]
    assert [source["type"] for source in gallery["value"]["images"][1]["srcset"]] == [
        "image/avif",
        "image/webp",
        "image/jpeg",
    ]


def test_worker_with_nothing_to_make_leaves_the_pages(api, noord):
    image = make_image(width=20, height=10)
    make_renditions.call(image.pk)
    page = make_news(noord, image=image)
    api(f"pages/{page.pk}/")

    make_renditions.call(image.pk)

    assert PageDocument.objects.get(pk=page.pk).version


def test_worker_passes_over_a_picture_that_is_gone(db):
    image = make_image("Weg")
    image.file.storage.delete(image.file.name)

    make_renditions.call(image.pk)
    make_renditions.call(image.pk + 1)

    assert not Rendition.objects.exists()


def test_sizes_of_a_file_that_is_replaced_while_they_are_made_do_not_stay(tasks):
    """The file is replaced after the worker has read the picture, as by an editor in another process."""
    image, other = make_image(width=20, height=10), make_image(width=40, height=20)
    tasks()

    def replace_meanwhile(sender, instance, **kwargs):
        post_init.disconnect(replace_meanwhile, sender=Image)
        Image.objects.filter(pk=image.pk).update(file=other.file.name, width=40, height=20)

    post_init.connect(replace_meanwhile, sender=Image)
    make_renditions.call(image.pk)

    assert not Rendition.objects.exists()
    assert tasks() == [[image.pk]]
    make_renditions.call(image.pk)
    assert set(Rendition.objects.values_list("width", flat=True)) == {40}


def test_publishing_asks_for_the_sizes_that_pictures_lack(noord, tasks):
    lead, in_text, complete = (make_image(width=20, height=10) for _ in range(3))
    make_renditions.call(complete.pk)
    embedded = f'<embed alt="" embedtype="image" format="fullwidth" id="{in_text.pk}"/>'
    page = make_news(noord, image=lead, body=[("text", embedded), ("image", {"image": complete, "caption": ""})])
    tasks()

    page.save_revision().publish()
    assert sorted(tasks()) == sorted([[lead.pk], [in_text.pk]])

    for image in (lead, in_text):
        make_renditions.call(image.pk)
    page.save_revision().publish()
    assert tasks() == []


def test_publishing_looks_at_many_pictures_in_as_many_queries_as_at_few(noord, django_assert_num_queries):
    def page_with(number):
        images = [make_image(width=20, height=10) for _ in range(number)]
        return make_news(noord, body=[("gallery", {"title": "", "images": images})])

    few, many = page_with(2), page_with(4)
    images_lacking_sizes(few)

    with django_assert_num_queries(3):
        assert len(images_lacking_sizes(few)) == 2
    with django_assert_num_queries(3):
        assert len(images_lacking_sizes(many)) == 4
