// The map of a view and the list beside it. Asks the API wherever the map is moved; nothing is drawn by the server.

import { Asking } from 'madoguchi-map/asking.js'
import { keep, kept } from 'madoguchi-map/last_look.js'
import { openMap } from 'madoguchi-map/map_face.js'
import { drawnLine, drawnPin } from 'madoguchi-map/pin_shapes.js'

const PAGE = 50
/** Pixels within which a cluster is taken for the one that holds a record. */
const NEAR = 90
/** Pixels that the legend takes from the map as soon as it is known. */
const LEGEND = 88

export default {
  template: `
    <div class="map-view" :class="'shows-' + side">
      <div class="map-switch" role="group" aria-label="地図と一覧の切り替え">
        <button type="button" :aria-pressed="side === 'map'" @click="turn('map')"><q-icon name="map" aria-hidden="true" />地図</button>
        <button type="button" :aria-pressed="side === 'list'" @click="turn('list')"><q-icon name="list" aria-hidden="true" />一覧</button>
      </div>
      <p v-if="problem" class="notice error" role="alert">{{ problem }}</p>
      <div class="map-and-list">
        <div class="map-frame">
          <div ref="map" class="map-canvas" :aria-busy="busy ? 'true' : null"></div>
          <button type="button" class="map-whole" :disabled="!known || !known.box" @click="whole">
            <q-icon name="zoom_out_map" aria-hidden="true" /><span>全体を表示</span></button>
          <section v-if="card" ref="card" class="map-card" aria-label="選んだ記録" @keydown.esc.stop="shut">
            <span class="map-sign" :ref="(el) => draw(el, card)" aria-hidden="true"></span>
            <div class="map-card-words">
              <a class="map-card-title" :href="card.address">{{ card.title }}</a>
              <p><span v-if="card.status" class="chip" :class="card.color">{{ card.status }}</span>
                <span v-if="card.due" :class="card.overdue ? 'overdue' : 'map-row-due'">{{ card.due }}</span></p>
              <p v-for="[label, text] in card.cells" :key="label" class="map-row-words"><span>{{ label }}</span> {{ text }}</p>
            </div>
            <button type="button" class="icon-button" aria-label="閉じる" @click="shut"><q-icon name="close" aria-hidden="true" /></button>
          </section>
          <div v-if="known && (known.signs.length || drawn.length)" class="map-legend" role="group" aria-label="凡例">
            <span v-for="one in known.signs" :key="one.label" class="map-legend-one">
              <span class="map-sign" :ref="(el) => draw(el, one)" aria-hidden="true"></span>{{ one.label }}
              <span class="map-legend-count">{{ number(one.count) }}<span class="visually-hidden">件</span></span></span>
            <label v-for="(one, index) in drawn" :key="one.title" class="map-legend-one map-legend-layer">
              <input type="checkbox" :checked="one.on" :disabled="!!one.problem" @change="lay(index, $event.target.checked)" />
              <span class="map-sign" :ref="(el) => drawLine(el, one)" aria-hidden="true"></span>{{ one.title }}
              <span v-if="one.problem" class="map-legend-problem">{{ one.problem }}</span></label>
          </div>
        </div>
        <section class="card map-list" aria-label="地図の記録">
          <div class="map-list-head">
            <h2 class="map-list-title" role="status">{{ heading }}<span v-if="rows.length < listed" class="map-partial">のうち、はじめの{{ number(rows.length) }}件</span></h2>
            <label v-if="where !== 'none'" class="check"><input type="checkbox" :checked="where === 'box'"
              @change="choose($event.target.checked ? 'box' : 'all')" /><span>この範囲だけ</span></label>
            <button v-else type="button" class="button quiet" @click="choose('all')">すべてに戻す</button>
          </div>
          <div class="map-scroll">
            <p v-if="known && known.total > known.placed && where !== 'none'" class="map-unplaced">
              <button type="button" @click="choose('none')"><q-icon name="location_off" aria-hidden="true" />
                {{ place }}のない{{ number(known.total - known.placed) }}件は地図に出ません。見る</button></p>
            <p v-if="known && !rows.length" class="empty">{{ nothing }}</p>
            <ol class="map-rows" ref="list" tabindex="-1">
              <li v-for="row in rows" :key="row.id" :data-row="row.id" class="map-row" :class="{ marked: row.id === marked }"
                  @mouseenter="point(row)" @mouseleave="point(null)" @focusin="point(row)" @focusout="point(null)">
                <button v-if="row.lat !== null" type="button" class="map-row-sign" :aria-label="row.title + ' 地図で示す'" @click="show(row)">
                  <span class="map-sign" :ref="(el) => draw(el, row)"></span></button>
                <span v-else class="map-row-sign"><q-icon name="location_off" aria-hidden="true" /></span>
                <a class="map-row-link" :href="row.address"><span class="map-row-title">{{ row.title }}</span>
                  <span class="map-row-line"><span v-if="row.status" class="chip" :class="row.color">{{ row.status }}</span>
                    <span v-if="row.due" :class="row.overdue ? 'overdue' : 'map-row-due'">{{ row.due }}</span></span>
                  <span v-for="[label, text] in row.cells" :key="label" class="map-row-words"><span>{{ label }}</span> {{ text }}</span></a>
              </li>
            </ol>
            <button v-if="rows.length < listed" type="button" class="button outline wide" @click="more">
              さらに{{ number(Math.min(PAGE, listed - rows.length)) }}件</button>
          </div>
        </section>
      </div>
    </div>`,
  props: { api: String, query: String, settings: String, layers: String, label: String, place: String },
  data() {
    const last = kept(this.api + this.label)
    return {
      known: null, rows: [], listed: 0, where: last.where || 'all', side: last.side || 'map', card: null, marked: '', drawn: [],
      busy: true, problem: '', PAGE,
    } // prettier-ignore
  },
  computed: {
    heading() {
      const what = { all: '一覧', box: 'この範囲の記録', none: `${this.place}のない記録` }[this.where]
      return this.known ? `${what} ${this.number(this.listed)}件` : what
    },
    nothing() {
      return this.where === 'box' ? 'この範囲に記録はありません。地図を動かすか、「この範囲だけ」を外してください。' : 'この条件の記録はありません。'
    },
  },
  watch: {
    query() {
      this.card = null
      this.load({ fits: this.where !== 'box' })
    },
  },
  async mounted() {
    this.asking = new Asking(this.api)
    this.pins = []
    const last = kept(this.api + this.label).look
    const opening = openMap(this.$refs.map, { settings: this.settings, label: this.label, wheel: true, at: last })
    const asked = this.query
    const first = last || !asked ? null : this.ask({ limit: PAGE, ...this.size() }, 'list')
    if (this.layers) this.overlay(opening)
    this.face = await opening
    if (this.gone) return this.face.close()
    this.face.onChoose((pin) => this.chosen(pin))
    this.face.onPoint((pin) => (this.marked = pin && !pin.count ? pin.id : this.card?.id || ''))
    this.face.onLook(({ byPerson }) => this.moved(byPerson))
    if (first) this.spread(await first)
    if (!first || this.query !== asked) this.load({ fits: !last })
  },
  beforeUnmount() {
    this.gone = true
    clearTimeout(this.later)
    this.face?.close()
  },
  methods: {
    number(count) {
      return count.toLocaleString('ja')
    },
    /** Everything anew; fits: and the map over all that has a place. */
    async load({ fits = false } = {}) {
      if (!this.face || !this.query) return
      const found = await this.ask({ limit: PAGE, ...(fits ? this.size() : this.look()) }, 'list')
      if (fits) this.spread(found)
      else if (found) this.take(found, found.pins)
    },
    spread(found) {
      if (!found) return
      if (found.seen) this.face.centre(found.seen, found.zoom)
      this.take(found, found.pins)
    },
    /** Records changed: the same look at them again, soon, and once for many. */
    refresh() {
      clearTimeout(this.later)
      this.later = setTimeout(() => this.load(), 400)
    },
    moved(byPerson) {
      this.remember()
      if (!byPerson) return
      clearTimeout(this.moving)
      this.moving = setTimeout(() => this.drawPins(), 40)
    },
    async drawPins() {
      const own = this.where === 'box'
      const found = await this.ask({ limit: own ? PAGE : 0, ...this.look() }, 'pins')
      if (found && own) this.take(found, found.pins)
      else if (found) this.face.showPins((this.pins = found.pins))
    },
    async more() {
      const found = await this.ask({ limit: PAGE, offset: this.rows.length, ...this.look() }, 'list')
      if (found) this.rows = [...this.rows, ...found.rows]
    },
    look() {
      return { box: this.face.box.map((each) => each.toFixed(6)).join(','), zoom: this.face.zoom }
    },
    /** The size of the map, for a look at all there is. */
    size() {
      const { clientWidth, clientHeight } = this.$refs.map
      this.unseen = !clientWidth
      const high = clientHeight - (this.known ? 0 : LEGEND)
      return { size: `${Math.max(100, clientWidth)},${Math.max(100, high)}` }
    },
    take(found, pins) {
      this.known = found
      this.rows = found.rows
      this.listed = found.listed
      this.face.showPins((this.pins = pins))
    },
    async ask(parts, kind) {
      this.busy = true
      const answer = await this.asking.ask(this.query, { where: this.where, ...parts }, kind)
      if (answer.outdated || this.gone) return null
      this.busy = false
      this.problem = answer.problem
      return answer.found
    },
    choose(where) {
      this.where = where
      this.remember()
      this.load()
    },
    turn(side) {
      this.side = side
      this.remember()
      if (side === 'map' && this.unseen) this.$nextTick(() => this.load({ fits: true }))
    },
    whole() {
      this.load({ fits: true })
    },
    remember() {
      const [south, west, north, east] = this.face?.box ?? []
      const look = this.face ? { lat: (south + north) / 2, lon: (west + east) / 2, zoom: this.face.zoom } : null
      keep(this.api + this.label, { look, where: this.where === 'none' ? 'all' : this.where, side: this.side })
    },
    chosen(pin) {
      if (pin.count) return this.choose('box')
      this.card = pin
      this.mark(pin.id)
      this.$nextTick(() => {
        this.$refs.card.querySelector('a').focus({ preventScroll: true })
        this.$refs.list.querySelector(`[data-row="${CSS.escape(pin.id)}"]`)?.scrollIntoView({ block: 'nearest' })
      })
    },
    shut() {
      const pin = this.card.id
      this.card = null
      this.mark('')
      ;(this.$refs.map.querySelector(`[data-pin="${CSS.escape(pin)}"]`) || this.$refs.map).focus({ preventScroll: true })
    },
    show(row) {
      if (innerWidth < 900) this.turn('map')
      this.$nextTick(() => {
        this.face.look({ lat: row.lat, lon: row.lon, zoom: Math.max(this.face.zoom, 17) })
        this.card = row
        this.mark(row.id)
      })
    },
    point(row) {
      if (row?.lat === null) return
      this.mark(row?.id || this.card?.id || '', row)
    },
    /** The pin of a record, or else the cluster that it went into. */
    mark(id, row = null) {
      this.marked = id
      if (this.face.mark(id || null) || !row) return
      const near = this.pins.filter((pin) => pin.count).map((pin) => [this.face.away(pin, row), pin.id])
      const [nearest] = near.sort((one, other) => one[0] - other[0])
      if (nearest && nearest[0] < NEAR) this.face.mark(nearest[1])
    },
    async overlay(opening) {
      const [answer, face] = await Promise.all([this.asking.read(this.layers), opening])
      if (!answer || this.gone) return
      this.drawn = answer.layers
      this.overlaid = face.showLayers(answer.layers)
    },
    lay(index, on) {
      this.drawn[index].on = on
      this.overlaid.show(index, on)
    },
    draw(element, one) {
      element?.replaceChildren(drawnPin(one))
    },
    drawLine(element, one) {
      element?.replaceChildren(drawnLine(one))
    },
  },
}
