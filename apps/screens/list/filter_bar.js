// Search words and filters of a list. Keeps what is being typed in the browser: nothing that the server sends can touch it,
// and the Enter that confirms a Japanese conversion searches for nothing.

export default {
  template: `
    <form class="toolbar" :class="{ opened }" role="search" :aria-label="label" @submit.prevent="ask">
      <div class="search-box">
        <label class="toolbar-label" :for="id('q')">さがす</label>
        <div class="search-line">
          <input class="field-box" type="search" :id="id('q')" v-model="text" autocomplete="off" enterkeyhint="search"
                 @keydown.enter="enter" @compositionend="ended = $event.timeStamp" />
          <button type="submit" class="button outline search-button">
            <q-icon name="search" aria-hidden="true" /><span>検索</span>
          </button>
        </div>
      </div>
      <button v-if="filters.length" type="button" class="button quiet filters-toggle" :aria-expanded="opened ? 'true' : 'false'"
              @click="opened = !opened">
        <q-icon name="tune" aria-hidden="true" /><span>絞り込み</span>
        <span v-if="count" class="count">{{ count }}</span>
      </button>
      <template v-for="each in filters" :key="each.name">
        <div v-if="each.kind === 'choice'" class="filter">
          <label class="toolbar-label" :for="id(each.name)">{{ each.label }}</label>
          <select class="field-box" :class="{ chosen: chosen[each.name] }" :id="id(each.name)" v-model="chosen[each.name]"
                  @change="ask">
            <option value="">すべて</option>
            <option v-for="[value, title] in each.options" :key="value" :value="value">{{ title }}</option>
          </select>
        </div>
        <fieldset v-else-if="each.kind === 'date'" class="filter dates">
          <legend class="toolbar-label">{{ each.label }}</legend>
          <input class="field-box" type="date" :aria-label="each.label + 'の始め'" :value="side(each.name, 0)"
                 @change="setSide(each.name, 0, $event.target.value)" />
          <span aria-hidden="true">〜</span>
          <input class="field-box" type="date" :aria-label="each.label + 'の終わり'" :value="side(each.name, 1)"
                 @change="setSide(each.name, 1, $event.target.value)" />
        </fieldset>
        <div v-else class="filter">
          <label class="toolbar-label" :for="id(each.name)">{{ each.label }}</label>
          <input class="field-box" type="text" :id="id(each.name)" v-model="chosen[each.name]" @keydown.enter="enter" />
        </div>
      </template>
    </form>`,
  props: {
    label: String,
    words: String,
    filters: Array, // {name, label, kind, options: [[value, title]]}
    values: Object, // name -> chosen value, '' for all
  },
  emits: ['ask'],
  data() {
    return { text: this.words, chosen: { ...this.values }, ended: 0, opened: false }
  },
  watch: {
    words(now) {
      this.text = now
    },
    values(now) {
      this.chosen = { ...now }
    },
  },
  computed: {
    count() {
      return Object.values(this.values).filter(Boolean).length
    },
  },
  methods: {
    id(name) {
      return `filter-${this.$.uid}-${name}`
    },
    enter(event) {
      // Safari ends the composition before the key arrives; the two then have nearly the same time.
      const converting = event.isComposing || event.keyCode === 229 || event.timeStamp - this.ended < 50
      if (converting) event.preventDefault()
    },
    ask() {
      this.$emit('ask', { text: this.text || '', filters: { ...this.chosen } })
    },
    side(name, at) {
      return (this.chosen[name] || '').split('..')[at] || ''
    },
    setSide(name, at, day) {
      const sides = [this.side(name, 0), this.side(name, 1)]
      sides[at] = day
      this.chosen[name] = sides.some(Boolean) ? sides.join('..') : ''
      this.ask()
    },
  },
}
