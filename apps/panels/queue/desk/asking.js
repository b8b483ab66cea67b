/** What a move asks for: where to, what else, when, or whether really. One dialog, one answer. */
export const Asking = {
  template: `
    <dialog ref="dialog" class="dialog" :aria-label="move.label" @close="$emit('shut')">
      <h2 class="dialog-title">{{ line ? line.ticket + ' ' : '' }}{{ move.label }}</h2>

      <template v-if="move.name === 'transfer'">
        <p class="dialog-lead">どこへ回しますか。</p>
        <div class="choice-row" role="radiogroup" aria-label="順番">
          <label><input type="radio" v-model="rank" value="keep"> 来た順番のまま</label>
          <label><input type="radio" v-model="rank" value="end"> 列の最後に並ぶ</label>
        </div>
        <div class="action-buttons">
          <template v-for="section in state.sections" :key="section.name">
            <button v-if="section.name !== line.section" type="button" class="button outline wide large"
                    @click="give({ section: section.name, place: rank })">{{ section.name }}</button>
            <template v-else>
              <button v-for="counter in section.counters" v-show="counter !== line.counter" :key="counter" type="button"
                      class="button quiet wide" @click="give({ counter, place: rank })">{{ section.name }} {{ counter }}</button>
            </template>
          </template>
        </div>
      </template>

      <template v-else-if="move.name === 'collect'">
        <p class="dialog-lead">何分後に受け取りに来ますか。番号はそのまま、もう一度呼べます。</p>
        <div class="action-buttons">
          <button v-for="minutes in [15, 30, 60, 120]" :key="minutes" type="button" class="button outline wide large"
                  @click="give({ minutes })">{{ minutes }}分後</button>
        </div>
      </template>

      <template v-else-if="move.name === 'add' || move.name === 'walk_up'">
        <p class="dialog-lead">用件を選んでください。</p>
        <fieldset v-for="section in offered" :key="section.name" class="asked-items">
          <legend>{{ section.name }}</legend>
          <label v-for="item in section.items" :key="item.value"><input type="checkbox" v-model="items" :value="item.value"> {{ item.label }}</label>
        </fieldset>
        <label v-if="state.other" class="asked-other">その他
          <input class="field-box" v-model.trim="other" maxlength="200"></label>
        <div v-if="line && other && !line.wordsAt" class="choice-row" role="radiogroup" aria-label="その他の担当課">
          <label v-for="each in state.sections" :key="each.name"><input type="radio" v-model="taker" :value="each.name"> {{ each.name }}</label>
        </div>
        <p v-else-if="line && other">{{ line.wordsAt }}で受けている「その他」に書き足します。</p>
        <button type="button" class="button solid wide" :disabled="!items.length && !other"
                @click="give(line ? { items, other, section: other && taker } : { items, other })">{{ move.label }}</button>
      </template>

      <template v-else-if="move.name === 'closing'">
        <p v-if="!lines.length" class="dialog-lead">残っている整理券はありません。</p>
        <template v-else>
          <p class="dialog-lead">残っている{{ lines.length }}枚を、次のようにします。1枚ずつ元に戻せます。</p>
          <ul class="left-over"><li v-for="each in lines" :key="each.section + each.ticket">
            <b>{{ each.ticket }}</b> {{ each.section }} {{ each.status }} → {{ each.becomes }}</li></ul>
          <button type="button" class="button solid wide" @click="give({})">きょうの受付を閉じる</button>
        </template>
      </template>

      <template v-else>
        <p class="dialog-lead">{{ move.confirm }}</p>
        <button type="button" class="button solid wide" @click="give({})">{{ move.label }}</button>
      </template>
      <button type="button" class="button plain wide" @click="$refs.dialog.close()">やめる</button>
    </dialog>`,
  props: { state: Object },
  emits: ['answer', 'shut'],
  data() {
    return { move: { name: '', label: '' }, line: null, section: '', lines: [], rank: 'keep', items: [], other: '', taker: '' }
  },
  computed: {
    /** What is not on the visit yet; without a number, what this counter's section does. */
    offered() {
      const taken = this.line ? this.line.taken : []
      const sections = this.state.sections.filter((each) => !this.section || each.name === this.section)
      return sections
        .map((each) => ({ ...each, items: each.items.filter((item) => !taken.includes(item.value)) }))
        .filter((each) => each.items.length)
    },
  },
  methods: {
    ask(move, { line = null, section = '', lines = [] }) {
      Object.assign(this, { move, line, section, lines, rank: 'keep', items: [], other: '' })
      this.taker = line ? line.wordsAt || line.section : ''
      this.$nextTick(() => this.$refs.dialog.showModal())
    },
    give(more) {
      this.$refs.dialog.close()
      this.$emit('answer', { move: this.move, line: this.line, ...more })
    },
  },
}
