// The lanes of a board: cards that are links, moved by a menu of the actions that each record allows now.

export default {
  template: `
    <div class="board" tabindex="-1">
      <section v-for="lane in shown" :key="lane.value" class="lane" :aria-label="lane.label + ' ' + lane.total + '件'">
        <div class="lane-head">
          <h2 class="lane-title"><span class="chip" :class="lane.color">{{ lane.label }}</span></h2>
          <span class="count">{{ lane.total.toLocaleString() }}<span class="visually-hidden">件</span></span>
        </div>
        <p v-if="!lane.total" class="lane-none">ありません</p>
        <ul v-else class="lane-cards">
          <li v-for="card in lane.cards" :key="card.id + (marks[card.id] || '')" class="lane-item" :class="{ changed: marks[card.id] }">
            <a class="lane-card" :href="prefix + card.address">
              <span class="lane-card-title">{{ card.cells[0].text || card.title || '(名前なし)' }}
                <span v-if="marks[card.id]" class="fresh">更新</span></span>
              <span v-for="cell in rest(card)" :key="cell.label" class="lane-card-line">
                <span class="visually-hidden">{{ cell.label }}</span>
                <span v-if="cell.late" class="overdue">{{ cell.text }}</span>
                <span v-else-if="cell.chip" class="chip" :class="cell.chip">{{ cell.text }}</span>
                <template v-else>{{ cell.text }}</template>
              </span>
            </a>
            <details v-if="menus" class="ticket-more lane-more" :open="asked === card.id" @toggle="toggled($event, card)"
                     @keydown.esc="shut" @focusout="leave">
              <summary class="icon-button" :aria-label="(card.cells[0].text || card.title) + ' 操作'">
                <q-icon name="more_vert" aria-hidden="true" /></summary>
              <div v-if="asked === card.id" class="ticket-menu">
                <p v-if="moves === null" class="lane-wait">読み込んでいます</p>
                <p v-else-if="!moves.length" class="lane-wait">いまできる操作はありません。</p>
                <template v-for="move in moves || []" :key="move.name">
                  <button v-if="!move.closed" type="button" @click="take(card, move)">{{ move.label }}</button>
                  <p v-else class="lane-wait"><strong>{{ move.label }}</strong><br>{{ move.closed }}</p>
                </template>
              </div>
            </details>
          </li>
        </ul>
        <a v-if="lane.total > lane.cards.length && lane.rest" class="button quiet wide" :href="prefix + lane.rest">
          ほか {{ (lane.total - lane.cards.length).toLocaleString() }}件</a>
        <p v-else-if="lane.total > lane.cards.length" class="lane-none">ほか {{ (lane.total - lane.cards.length).toLocaleString() }}件</p>
      </section>
      <div class="visually-hidden" role="status">{{ said }}</div>
    </div>`,
  props: {
    lanes: Array, // {value, label, color, total, rest, cards: [{id, rev, address, title, cells: [{label, text, chip?, late?}]}]}
    menus: Boolean,
  },
  emits: ['ask', 'take'],
  data() {
    return { shown: this.lanes, marks: {}, asked: '', moves: null, said: '', prefix: window.path_prefix || '' }
  },
  watch: {
    lanes(now) {
      this.shown = now
      this.marks = {}
    },
  },
  mounted() {
    setTimeout(() => (this.prefix = window.path_prefix || ''), 0)
  },
  methods: {
    rest(card) {
      return card.cells.slice(1).filter((cell) => cell.text)
    },
    put(card, lane, totals) {
      const before = this.shown.find((each) => each.cards.some((one) => one.id === card.id))?.value
      if (before === lane) this.replace(card)
      else this.move(card, lane)
      this.shown = this.shown.map((each) => ({ ...each, total: totals[each.value] || 0 }))
      if (!lane) return
      this.marks = { ...this.marks, [card.id]: (this.marks[card.id] || 0) + 1 }
      const label = this.shown.find((each) => each.value === lane)?.label || ''
      this.said = `${card.cells[0].text || card.title} ${label}`
    },
    replace(card) {
      const swap = (cards) => cards.map((each) => (each.id === card.id ? card : each))
      this.shown = this.shown.map((lane) => ({ ...lane, cards: swap(lane.cards) }))
    },
    move(card, lane) {
      this.shown = this.shown.map((each) => {
        const others = each.cards.filter((one) => one.id !== card.id)
        return { ...each, cards: each.value === lane ? [card, ...others] : others }
      })
    },
    toggled(event, card) {
      if (event.target.open && this.asked !== card.id) {
        this.asked = card.id
        this.moves = null
        this.$emit('ask', card.id)
      } else if (!event.target.open && this.asked === card.id) this.asked = ''
    },
    offer(id, moves) {
      if (this.asked === id) this.moves = moves
    },
    take(card, move) {
      this.asked = ''
      this.$emit('take', { id: card.id, rev: card.rev, name: move.name })
    },
    shut(event) {
      this.asked = ''
      event.currentTarget.querySelector('summary').focus()
    },
    leave(event) {
      if (!event.currentTarget.contains(event.relatedTarget)) this.asked = ''
    },
  },
}
