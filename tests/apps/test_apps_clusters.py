"""Clusters lose no point, stay apart, and are the same wherever the map is moved."""

from __future__ import annotations

import numpy as np
import pytest

from apps.map.clusters import clusters, fitting, padded, pixels


def city(count: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    return 36.56 + chance.normal(0, 0.03, count), 136.65 + chance.normal(0, 0.04, count)


@pytest.mark.parametrize('zoom', [5, 11, 14, 17, 19])
@pytest.mark.parametrize('count', [0, 1, 2, 700])
def test_every_point_is_in_exactly_one_cluster_that_has_room(count: int, zoom: int) -> None:
    lat, lon = city(count)
    found = clusters(lat, lon, zoom)
    assert sorted(int(each) for one in found for each in one.members) == list(range(count))
    x, y = pixels(np.array([one.lat for one in found]), np.array([one.lon for one in found]), zoom)
    middles = x + 1j * y
    apart = np.abs(middles[:, None] - middles[None, :]) + np.eye(len(found)) * 1e9
    assert not len(found) or apart.min() > 12, 'no two lie on each other'
    far = {len(clusters(lat, lon, 2)), len(clusters(lat, lon, 24))}
    assert far == {min(count, 1), count}


def test_points_at_one_place_stay_together_at_every_zoom() -> None:
    lat, lon = np.full(9, 36.5), np.full(9, 136.6)
    (only,) = clusters(lat, lon, 24)
    assert len(only.members) == 9 and (only.lat, only.lon) == pytest.approx((36.5, 136.6))


@pytest.mark.parametrize('size', [(360, 400), (800, 500), (1600, 300)])
def test_a_first_look_shows_everything_and_no_more_than_needed(size: tuple[int, int]) -> None:
    lat, lon = city(50)
    whole = (float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max()))
    seen, zoom = fitting(whole, size)
    assert seen[0] < whole[0] < whole[2] < seen[2] and seen[1] < whole[1] < whole[3] < seen[3]
    (west, east), (south, north) = pixels(np.array(seen[0::2]), np.array(seen[1::2]), zoom)
    assert (round(east - west), round(south - north)) == size
    assert fitting(padded(whole, 0.5), size)[1] == zoom - 1
    assert fitting((36.5, 136.6, 36.5, 136.6), size)[1] == 17, 'one place is not blown up without end'


def test_a_box_is_made_larger_on_all_sides() -> None:
    assert padded((0.0, 10.0, 2.0, 14.0), 0.5) == (-1.0, 8.0, 3.0, 16.0)
