"""Contrast: whatever the brand, texts can be read."""

import pytest

from flow_models.runtime.site.colours import CONTRAST_FLOOR, contrast, readable_on, text_on


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


@pytest.mark.parametrize("brand", ["#ffe600", "#ffffff", "#000000", "#d9822b", "#1f5f8b", "#8fd3a5"])
def test_texts_on_and_in_the_brand_colour_reach_the_floor(brand: str) -> None:
    assert contrast(text_on(brand), brand) >= CONTRAST_FLOOR
    assert contrast(readable_on(brand, "#ffffff", "#f6f7f9"), "#ffffff") >= CONTRAST_FLOOR
    assert contrast(readable_on(brand, "#10141a"), "#10141a") >= CONTRAST_FLOOR
