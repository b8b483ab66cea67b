// Calls said aloud one after the other: a chime, then the words; the next begins when the last has been said.

const LONGEST = 15_000 // ms after which a voice that never says it is done is not waited for
const CHIME = 1_500 // ms

export class Announcer {
  /** isCalled: whether a call still stands; what was taken back or is answered meanwhile is not said any more. */
  constructor(isCalled) {
    this.isCalled = isCalled
    this.waiting = []
    this.isBusy = false
    try {
      this.audio = new AudioContext()
    } catch {
      this.audio = null
    }
  }

  get isAllowed() {
    return this.audio?.state === 'running'
  }

  /** Browsers let a page sound only after a touch; a display may also be started with sound allowed. */
  async allow() {
    await this.audio?.resume()
    this.chime()
  }

  /** calls: [{key, words}], each said `times` times. Nothing is kept for later while sound is not allowed. */
  announce(calls, times) {
    if (!this.isAllowed) return
    this.waiting.push(...calls.map((call) => ({ ...call, times })))
    if (!this.isBusy) this.sayAll()
  }

  async sayAll() {
    this.isBusy = true
    for (let call = this.waiting.shift(); call; call = this.waiting.shift()) {
      if (!this.isCalled(call.key)) continue
      this.chime()
      await new Promise((done) => setTimeout(done, CHIME))
      for (let time = 0; time < call.times; time += 1) await this.say(call.words)
    }
    this.isBusy = false
  }

  say(words) {
    if (!('speechSynthesis' in window)) return Promise.resolve()
    return new Promise((done) => {
      // Kept here: browsers forget a voice that nobody holds, and then never say that it is done.
      this.speaking = new SpeechSynthesisUtterance(words)
      this.speaking.lang = 'ja-JP'
      this.speaking.rate = 0.9
      this.speaking.onend = done
      this.speaking.onerror = done
      setTimeout(done, LONGEST)
      speechSynthesis.speak(this.speaking)
    })
  }

  chime() {
    if (!this.isAllowed) return
    for (const [frequency, begin] of [[880, 0], [660, 0.45]]) {
      const tone = this.audio.createOscillator()
      const volume = this.audio.createGain()
      const at = this.audio.currentTime + begin
      tone.frequency.value = frequency
      volume.gain.setValueAtTime(0.35, at)
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.9)
      tone.connect(volume).connect(this.audio.destination)
      tone.start(at)
      tone.stop(at + 1)
    }
  }
}
