/** Areas and routes over the ground: by colour and by the way their line is drawn, with a text to point at. */

import { leaflet as L } from 'nicegui-leaflet'

import { LINES } from './pin_shapes.js'

/** layers: [{ title, color, line, on, data }]. Answers { show(index, on), close() }. */
export function showLayers(map, layers) {
  if (!map.getPane('areas')) map.createPane('areas').style.zIndex = 380
  const drawn = layers.map(draw)
  drawn.forEach((each, index) => layers[index].on !== false && each.addTo(map))
  return {
    show(index, on) {
      if (on) drawn[index].addTo(map)
      else drawn[index].remove()
    },
    close() {
      for (const each of drawn) each.remove()
    },
  }
}

function draw({ color, line, data }) {
  const look = `map-area is-${color || 'purple'}`
  return L.geoJSON(data, {
    pane: 'areas',
    style: (feature) => ({
      className: isArea(feature) ? `${look} is-filled` : look,
      weight: isArea(feature) ? 2.5 : 4,
      dashArray: LINES[line] || null,
      fill: isArea(feature),
      fillOpacity: 0.06,
    }),
    pointToLayer: (feature, at) => L.circleMarker(at, { pane: 'areas', radius: 8, weight: 3, className: `${look} is-filled`, fillOpacity: 0.9 }),
    onEachFeature: (feature, layer) => {
      const text = feature.properties?.text
      if (text) layer.bindTooltip(told(text), { sticky: true, opacity: 1, className: 'map-told' })
    },
  })
}

function isArea(feature) {
  return /Polygon$/.test(feature?.geometry?.type ?? '')
}

function told(text) {
  const words = document.createElement('div')
  words.textContent = text
  return words
}
