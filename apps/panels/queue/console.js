// The console of a counter: who is here, who is next, who waits. It only shows what the server says and asks it to act.

import { Asking } from 'madoguchi-queue/asking.js'
import { TicketMoves } from 'madoguchi-queue/ticket_moves.js'

const WAITING = '受付待ち'
const CALLED = '呼出中'
const SERVING = '対応中'
const SECOND_TAP = 500 // ms
const SAME_PLACE = 24 // px
const LISTS = ['予約', '保留', '受取待ち', '不在']
const ASKED = new Set(['transfer', 'add', 'collect'])

export default {
  template: `
    <section class="console" aria-label="呼び出し">
      <div class="desk card card-body">
        <div class="desk-place">
          <label :for="uid + 'place'">わたしの窓口</label>
          <select :id="uid + 'place'" class="field-box" :value="place" @change="sit($event.target.value)">
            <option value="" disabled>窓口を選ぶ</option>
            <optgroup v-for="section in state.sections" :key="section.name" :label="section.name">
              <option v-for="counter in section.counters" :key="counter" :value="section.name + '/' + counter">
                {{ section.name }} {{ counter }}{{ seated(section.name, counter) }}
              </option>
            </optgroup>
          </select>
          <label :for="uid + 'clerk'">担当者</label>
          <select :id="uid + 'clerk'" class="field-box" :value="clerk" @change="workAs($event.target.value)">
            <option v-for="each in staff" :key="each.account" :value="each.account">{{ each.name }}</option>
          </select>
        </div>

        <div v-if="refused" class="notice error" role="alert">
          <q-icon name="error" aria-hidden="true" /><div>{{ refused }}</div>
        </div>

        <p v-if="!place" class="desk-choose">窓口を選ぶと、ここから次の人を呼べます。</p>
        <template v-else>
          <div v-for="line in atDesk" :key="line.ticket" class="at-desk">
            <p class="at-desk-status"><span class="chip" :class="line.status === '対応中' ? 'green' : 'orange'">{{ line.status }}</span>
              <span>{{ sinceText(line) }}</span></p>
            <p class="at-desk-number">{{ line.ticket }}</p>
            <p class="at-desk-items">{{ line.items.join('、') }}</p>
            <p class="at-desk-links"><a :href="prefix + line.address">受付の内容を見る</a></p>
            <div class="action-buttons">
              <button v-for="(move, index) in movesAtDesk(line)" :key="move.name" type="button" class="button wide"
                      :class="index === 0 ? 'solid large' : 'quiet'" :disabled="busy" @click="press(line, move, $event)">{{ move.label }}</button>
            </div>
            <p v-for="(why, name) in line.closed" :key="name" class="at-desk-closed">{{ why }}</p>
          </div>

          <button type="button" class="button next" :class="atDesk.length ? 'outline' : 'solid'" :disabled="busy" @click="next">
            <span class="next-words">次を呼ぶ</span>
            <span class="next-number">{{ nextLine ? nextLine.ticket : 'お待ちの方はいません' }}</span>
          </button>
          <button type="button" class="button quiet wide" :disabled="busy" @click="askWalkUp">整理券なしで受け付ける</button>
        </template>

        <div v-if="last" class="last-action" role="status">
          <div class="last-action-words"><strong>{{ last }}</strong><span class="when">直前の操作</span></div>
          <button type="button" class="button quiet" :disabled="busy" @click="$emit('undo')">
            <q-icon name="undo" aria-hidden="true" /><span>元に戻す</span></button>
        </div>
      </div>

      <div class="room">
        <div class="room-tabs" role="group" aria-label="課">
          <button v-for="section in state.sections" :key="section.name" type="button" class="room-tab"
                  :aria-pressed="String(section.name === shownSection)" @click="looking = section.name">
            <span>{{ section.name }}</span>
            <span class="room-tab-count">{{ waitingIn(section.name).length }}<small>人待ち</small></span>
          </button>
        </div>

        <div class="card room-list">
          <h2 class="room-title">受付待ち <span class="count">{{ waiting.length }}</span></h2>
          <p v-if="!waiting.length" class="room-none">待っている人はいません。</p>
          <ol v-else class="tickets">
            <li v-for="(line, index) in waiting" :key="line.ticket" class="ticket" :class="{ resting: line.elsewhere }">
              <span class="ticket-place">{{ index + 1 }}</span>
              <span class="ticket-number">{{ line.ticket }}</span>
              <span class="ticket-words">
                <span class="ticket-items">{{ line.items.join('、') }}</span>
                <span class="ticket-minutes"><b v-if="line.reason" class="chip orange">{{ line.reason }}</b>
                  {{ minutes(line.issued) }}分<template v-if="line.expected"> / あと{{ line.expected }}</template><template v-if="line.elsewhere"> / いま{{ line.elsewhere }}にいます</template>
                  <template v-if="line.onlyAt"> / {{ line.onlyAt }}で呼ぶ</template></span>
              </span>
              <ticket-moves :line="line" :moves="movesOf(line)" :busy="busy" first="call" @press="press" />
            </li>
          </ol>
        </div>

        <div class="card room-list" v-if="elsewhere.length">
          <h2 class="room-title">ほかの窓口 <span class="count">{{ elsewhere.length }}</span></h2>
          <ul class="tickets">
            <li v-for="line in elsewhere" :key="line.ticket" class="ticket">
              <span class="ticket-number">{{ line.ticket }}</span>
              <span class="ticket-words">
                <span><span class="chip" :class="line.status === '対応中' ? 'green' : 'orange'">{{ line.status }}</span> {{ line.counter }}</span>
                <span class="ticket-minutes">{{ line.by }} {{ sinceText(line) }}</span>
              </span>
              <ticket-moves :line="line" :moves="movesOf(line)" :busy="busy" first="" @press="press" />
            </li>
          </ul>
        </div>

        <template v-for="list in lists" :key="list.title">
          <div class="card room-list" v-if="list.lines.length">
            <h2 class="room-title">{{ list.title }} <span class="count">{{ list.lines.length }}</span></h2>
            <ul class="tickets">
              <li v-for="line in list.lines" :key="line.ticket" class="ticket">
                <span class="ticket-number">{{ line.ticket }}</span>
                <span class="ticket-words"><span class="ticket-items">{{ line.items.join('、') }}</span>
                  <span class="ticket-minutes">{{ sideText(line) }}</span></span>
                <ticket-moves :line="line" :moves="movesOf(line)" :busy="busy" first="call" @press="press" />
              </li>
            </ul>
          </div>
        </template>
        <div class="room-foot">
          <p class="room-served">きょうの整理券 {{ state.total }}枚、うち受付済 {{ state.served }}枚、取消 {{ state.cancelled }}枚</p>
          <button type="button" class="button quiet" :disabled="busy" @click="$emit('closing')">閉庁の処理</button>
          <a class="button quiet" :href="prefix + state.board" target="_blank" rel="noopener"><q-icon name="tv" aria-hidden="true" />
            <span>待合表示を開く</span></a>
          <a class="button quiet" :href="prefix + state.statistics"><q-icon name="table_chart" aria-hidden="true" /><span>統計</span></a>
        </div>
      </div>

      <asking ref="asking" :state="state" @answer="answer" />
      <div class="visually-hidden" role="status">{{ said }}</div>
    </section>`,
  components: { Asking, TicketMoves },
  props: {
    told: String, // {sections: [{name, counters, items}], lines: [...], total, served, cancelled} as JSON; see picture.py
    seats: Object, // who is at which counter
    now: String, // by the server's clock
    place: String, // '市民課/1番', or ''
    clerk: String, // account of who works here
    account: String, // of who is signed in
    moves: Object, // name -> {label, confirm}
    staff: Array, // [{account, name}]
    left: Object, // {lines: [{ticket, section, status, becomes}]} once the end of the day was asked for
    last: String, // what this console did last and can take back, or ''
    refused: String,
    busy: Boolean,
  },
  emits: ['sit', 'clerk', 'next', 'take', 'walk_up', 'undo', 'closing', 'close_day'],
  data() {
    return { looking: '', elapsed: 0, said: '', prefix: window.path_prefix || '', uid: `q${Math.random().toString(36).slice(2, 8)}-` }
  },
  created() {
    this.pressed = { at: -SECOND_TAP, x: 0, y: 0 }
    this.begin()
    this.clock = setInterval(() => (this.elapsed = performance.now() - this.received), 5000)
  },
  mounted() {
    setTimeout(() => (this.prefix = window.path_prefix || ''), 0)
  },
  beforeUnmount() {
    clearInterval(this.clock)
  },
  watch: {
    now() {
      this.begin()
    },
    left(now) {
      if (now) this.$refs.asking.ask({ name: 'closing', label: '閉庁の処理' }, { lines: now.lines })
    },
    'waiting.length'(now, before) {
      this.said = now > before ? `${this.shownSection} 受付待ち ${now}人` : ''
    },
  },
  computed: {
    state() {
      return JSON.parse(this.told)
    },
    section() {
      return this.place.split('/')[0]
    },
    counter() {
      return this.place.split('/').slice(1).join('/')
    },
    shownSection() {
      return this.looking || this.section || this.state.sections[0]?.name || ''
    },
    here() {
      return this.state.lines.filter((each) => each.section === this.shownSection)
    },
    waiting() {
      return this.here.filter((each) => each.status === WAITING)
    },
    lists() {
      return LISTS.map((title) => ({ title, lines: this.here.filter((each) => each.status === title) }))
    },
    atDesk() {
      return this.state.lines.filter((each) => this.isActive(each) && each.section === this.section && each.counter === this.counter)
    },
    elsewhere() {
      return this.here.filter((each) => this.isActive(each) && !this.atDesk.includes(each))
    },
    nextLine() {
      const free = (each) => !each.elsewhere && (!each.onlyAt || each.onlyAt === this.counter)
      return this.waitingIn(this.section).find(free)
    },
  },
  methods: {
    begin() {
      this.received = performance.now()
      this.elapsed = 0
    },
    isActive(line) {
      return line.status === CALLED || line.status === SERVING
    },
    waitingIn(section) {
      return this.state.lines.filter((each) => each.section === section && each.status === WAITING)
    },
    minutes(since) {
      return Math.max(0, Math.floor((Date.parse(this.now) + this.elapsed - Date.parse(since)) / 60000))
    },
    sinceText(line) {
      if (line.status === SERVING) return `対応 ${this.minutes(line.arrived)}分`
      return line.calls > 1 ? `${line.calls}回呼びました` : `呼び出しから${this.minutes(line.called)}分`
    },
    movesOf(line) {
      return line.moves.map((name) => ({ name, ...this.moves[name] }))
    },
    /** Called: it begins with «対応を始める»; served: it begins with «終える». */
    movesAtDesk(line) {
      const order = ['arrive', 'recall', 'absent', 'hold', 'transfer', 'add', 'collect', 'finish', 'cancel']
      const first = line.status === SERVING ? ['finish'] : []
      return [...new Set([...first, ...order])].map((name) => this.movesOf(line).find((each) => each.name === name)).filter(Boolean)
    },
    seated(section, counter) {
      const name = this.seats[section + '/' + counter]
      return name ? `(${name})` : ''
    },
    sideText(line) {
      if (line.status === '受取待ち') return `${clock(line.ready)}から受取り`
      if (line.status === '予約') return `${clock(line.from)}の予約`
      return `受付から${this.minutes(line.issued)}分`
    },
    sit(place) {
      this.looking = ''
      this.keep('place', place)
      this.$emit('sit', place)
    },
    /** Holds for who is signed in: the next person at this tablet works under their own name. */
    workAs(clerk) {
      this.keep('clerk', `${this.account}/${clerk}`)
      this.$emit('clerk', clerk)
    },
    /** Kept for this device, so that the next page and the next morning begin at the same counter. */
    keep(name, value) {
      const year = 365 * 24 * 3600
      document.cookie = `madoguchi_${name}_${this.state.app}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax`
    },
    /** The second tap of a double tap meets another button in the same place, and is not meant for it. */
    isSecondTap({ clientX, clientY }) {
      const { at, x, y } = this.pressed
      const isSecond = performance.now() - at < SECOND_TAP && Math.hypot(clientX - x, clientY - y) < SAME_PLACE
      if (!isSecond) this.pressed = { at: performance.now(), x: clientX, y: clientY }
      return isSecond
    },
    next(event) {
      if (this.isSecondTap(event)) return
      this.looking = ''
      this.$emit('next')
    },
    press(line, move, event) {
      if (this.isSecondTap(event)) return
      if (!ASKED.has(move.name) && !move.confirm) this.take(line, move, {})
      else this.$refs.asking.ask(move, { line })
    },
    askWalkUp(event) {
      if (this.isSecondTap(event)) return
      this.$refs.asking.ask({ name: 'walk_up', label: '整理券なしで受け付ける' }, { section: this.section })
    },
    answer({ move, line, ...more }) {
      if (move.name === 'closing') this.$emit('close_day')
      else if (move.name === 'walk_up') this.$emit('walk_up', more)
      else this.take(line, move, more)
    },
    take(line, move, more) {
      this.$emit('take', { record: line.record, ticket: line.name, move: move.name, ...more })
    },
  },
}

const clock = (moment) => new Date(moment).toLocaleTimeString('ja-JP', { hour: 'numeric', minute: '2-digit' })
