/** What can be done with a ticket in a list: the first move as a button, the others behind «ほか». */
export const TicketMoves = {
  template: `
    <span class="ticket-moves">
      <button v-if="main" type="button" class="button outline" :disabled="busy" :aria-label="line.ticket + ' ' + main.label"
              @click="$emit('press', line, main, $event)">{{ main.label }}</button>
      <details v-if="rest.length" class="ticket-more" @keydown.esc="shut" @focusout="leave">
        <summary class="icon-button" :aria-label="line.ticket + ' ほかの操作'"><q-icon name="more_vert" aria-hidden="true" /></summary>
        <div class="ticket-menu">
          <button v-for="move in rest" :key="move.name" type="button" :disabled="busy" @click="shut($event); $emit('press', line, move, $event)">
            {{ move.label }}</button>
        </div>
      </details>
    </span>`,
  props: { line: Object, moves: Array, busy: Boolean, first: String },
  emits: ['press'],
  computed: {
    main() {
      return this.moves.find((each) => each.name === this.first)
    },
    rest() {
      return this.moves.filter((each) => each !== this.main)
    },
  },
  methods: {
    shut(event) {
      const details = event.currentTarget.closest('details')
      details.open = false
      details.querySelector('summary').focus()
    },
    leave(event) {
      if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false
    },
  },
}
