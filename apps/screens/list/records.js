// The table of records: real rows and links, drawn from plain data, so that a page of fifty costs one element on the server.

export default {
  template: `
    <div class="records-frame" tabindex="-1" :aria-busy="busy">
      <table class="records">
        <caption class="visually-hidden">{{ caption }}</caption>
        <thead>
          <tr>
            <th v-for="(column, index) in columns" :key="column.name" scope="col" :class="column.kind"
                :aria-sort="order(column)">
              <label v-if="picks && index === 0" class="pick pick-page">
                <input type="checkbox" :checked="pageState === 'all'" :indeterminate.prop="pageState === 'some'"
                       aria-label="このページの記録をすべて選ぶ" @change="pickPage($event.target.checked)" />
              </label>
              <button v-if="column.sortable" type="button" class="sort" @click="$emit('sort', column.name)">
                <span>{{ column.label }}</span>
                <q-icon v-if="order(column)" :name="descending ? 'arrow_downward' : 'arrow_upward'" aria-hidden="true" />
                <span v-if="order(column)" class="visually-hidden">{{ descending ? '降順' : '昇順' }}</span>
              </button>
              <span v-else class="plain-head">{{ column.label }}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr v-for="row in shown" :key="row.id" :class="{ changed: marks[row.id], gone: row.gone, picked: chosen.has(row.id) }"
              @click="open($event, row)" @auxclick="openBeside($event, row)">
            <td v-for="(column, index) in columns" :key="column.name + (marks[row.id] || '')" :class="column.kind"
                :data-label="column.label">
              <template v-if="index === 0">
                <label v-if="picks && !row.gone" class="pick">
                  <input type="checkbox" :checked="chosen.has(row.id)" :aria-label="(row.cells[0].text || row.title) + 'を選ぶ'"
                         @change="pick([row.id], $event.target.checked)" />
                </label>
                <a v-if="!row.gone" :href="prefix + row.address">{{ row.cells[0].text || row.title || '(空白)' }}</a>
                <span v-else>{{ row.cells[0].text }} 削除されました</span>
                <span v-if="marks[row.id]" class="fresh">更新</span>
                <span v-if="row.found" class="found">{{ row.found }}</span>
              </template>
              <span v-else-if="row.cells[index].chip" class="chip" :class="row.cells[index].chip">{{ row.cells[index].text }}</span>
              <span v-else :class="{ overdue: row.cells[index].late }">
                <span v-for="part in parts(row.cells[index].text, column)" :key="part" class="part">{{ part }}</span>
              </span>
            </td>
          </tr>
        </tbody>
      </table>
      <div class="visually-hidden" role="status">{{ said }}</div>
    </div>`,
  props: {
    columns: Array, // {name, label, kind, sortable}
    rows: Array, // {id, title, address, cells: [{text, chip?, late?}], found?, gone?}
    sort: String,
    caption: String,
    busy: Boolean,
    picks: Boolean, // whether records can be chosen for a bulk act
    picked: Array, // ids, those on other pages included
  },
  emits: ['sort', 'pick'],
  data() {
    return { shown: this.rows, marks: {}, said: '', chosen: new Set(this.picked), prefix: window.path_prefix || '' }
  },
  watch: {
    rows(now) {
      this.shown = now
      this.marks = {}
    },
    picked(now) {
      this.chosen = new Set(now)
    },
  },
  computed: {
    /** 'all', 'some' or 'none' of the records on this page are chosen. */
    pageState() {
      const there = this.shown.filter((each) => !each.gone)
      const count = there.filter((each) => this.chosen.has(each.id)).length
      return count === 0 ? 'none' : count === there.length ? 'all' : 'some'
    },
    descending() {
      return this.sort?.startsWith('-')
    },
  },
  mounted() {
    setTimeout(() => (this.prefix = window.path_prefix || ''), 0)
  },
  methods: {
    order(column) {
      if (this.sort?.replace(/^-/, '') !== column.name) return null
      return this.descending ? 'descending' : 'ascending'
    },
    /** A date may break after its year on a narrow tablet, and nowhere else. */
    parts(text, column) {
      const date = column.kind === 'whole' && /^(\D+\d+年|\D+元年|\d+年)(\d+月.*)$/.exec(text)
      return date ? [date[1], date[2]] : [text]
    },
    /** Somebody changed a record that is shown here: put the new row in its place, and say so. */
    put(row) {
      this.shown = this.shown.map((each) => (each.id === row.id ? row : each))
      this.marks = { ...this.marks, [row.id]: (this.marks[row.id] || 0) + 1 }
      this.said = `${row.cells[0].text || row.title}が更新されました。`
    },
    /** At once in the browser, so that a tick never waits for the line; the server hears of it. */
    pick(ids, isOn) {
      const chosen = new Set(this.chosen)
      ids.forEach((id) => (isOn ? chosen.add(id) : chosen.delete(id)))
      this.chosen = chosen
      this.$emit('pick', { ids, on: isOn })
    },
    pickPage(isOn) {
      const there = this.shown.filter((each) => !each.gone)
      this.pick(
        there.map((each) => each.id),
        isOn,
      )
    },
    open(event, row) {
      if (row.gone || event.target.closest('a, button, label') || String(window.getSelection())) return
      const link = event.currentTarget.querySelector('a[href]')
      if (event.ctrlKey || event.metaKey) window.open(link.href, '_blank', 'noopener')
      else link.click()
    },
    openBeside(event, row) {
      if (event.button !== 1 || row.gone || event.target.closest('a, label')) return
      window.open(this.prefix + row.address, '_blank', 'noopener')
    },
  },
}
