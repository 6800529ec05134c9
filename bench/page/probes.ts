/** What is run inside the page to time it: text, since nothing here knows a document. All give milliseconds. */

/** Runs from the start of every document: `firstRows` is when a frame with rows of tracks was shown, since the navigation began. */
export const WATCH_FIRST_ROWS = `
  window.firstRows = new Promise((resolve) => {
    const watch = () => {
      const cell = document.querySelector('[data-index="5"] [role=gridcell]')
      if (cell && cell.textContent !== '') requestAnimationFrame(() => resolve(performance.now()))
      else requestAnimationFrame(watch)
    }
    requestAnimationFrame(watch)
  })`

/** Whether the waveform of the desk shows sound: along its middle nearly every pixel is painted then. */
const IS_SOUND_SHOWN = `() => {
  const canvas = document.querySelector('[role=slider][aria-label=Waveform] canvas')
  if (!canvas || canvas.width < 100) return false
  // Between the ruler above and the two lanes below.
  const scale = canvas.height / canvas.getBoundingClientRect().height
  const middle = Math.round((20 + (canvas.height / scale - 20 - 26 - 22 - 4) / 2) * scale)
  const { data } = canvas.getContext('2d').getImageData(0, middle, canvas.width, 1)
  let painted = 0
  for (let at = 3; at < data.length; at += 4) if (data[at] > 0) painted++
  return painted > canvas.width * 0.8
}`

/** On any screen: from asking for a track, as a link does, to the first frame with the sound of all of it. */
export const openTrack = (trackId: number): string => `new Promise((resolve) => {
  const isShown = ${IS_SOUND_SHOWN}
  const start = performance.now()
  const look = () => (isShown() ? requestAnimationFrame(() => resolve(performance.now() - start)) : requestAnimationFrame(look))
  history.pushState(null, '', '/desk/${trackId}')
  dispatchEvent(new PopStateEvent('popstate'))
  look()
})`

/** Turns the wheel over the waveform, and waits each time for the frame after the one that was painted for it. */
export const zoomSteps = (steps: number): string => `(async () => {
  const box = document.querySelector('[role=slider][aria-label=Waveform]')
  const { left, top, width, height } = box.getBoundingClientRect()
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const picture = () => box.querySelector('canvas').toDataURL()
  const before = picture()
  const took = []
  for (let step = 0; step < ${steps}; step++) {
    if (step === ${steps} / 2 && picture() === before) throw new Error('The wheel did not zoom.')
    const deltaY = step < ${steps} / 2 ? -120 : 120
    await frame()
    const start = performance.now()
    box.dispatchEvent(new WheelEvent('wheel', { deltaY, clientX: left + width / 3, clientY: top + height / 2, bubbles: true, cancelable: true }))
    await frame()
    await frame()
    took.push(performance.now() - start)
  }
  return took
})()`

/** The time between frames while the table is scrolled by four rows a frame. */
export const scrollFrames = (frames: number): string => `new Promise((resolve) => {
  const box = document.querySelector('[role=grid]')
  const took = []
  let last = performance.now()
  const step = (now) => {
    took.push(now - last)
    last = now
    box.scrollTop += 120
    if (took.length < ${frames}) requestAnimationFrame(step)
    else resolve(took.slice(1))
  }
  requestAnimationFrame(step)
})`

/** From the start of the navigation to a frame in which so many tracks of the graph are drawn: that many, or a few less. */
export const graphDrawn = (tracks: number): string => `new Promise((resolve) => {
  const look = () => {
    const drawn = Number(document.querySelector('[role=application]')?.dataset.drawn)
    if (drawn <= ${tracks} && drawn > ${tracks} * 0.9) requestAnimationFrame(() => resolve(performance.now()))
    else requestAnimationFrame(look)
  }
  look()
})`

/** The time between frames while the graph is dragged, and then zoomed by the wheel, so many frames each. */
export const moveGraph = (frames: number): string => `(async () => {
  const layer = document.querySelector('[role=application] canvas.sigma-mouse')
  const { left, top, width, height } = layer.getBoundingClientRect()
  const [x, y] = [left + width / 2, top + height / 2]
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const at = (dx) => ({ clientX: x + dx, clientY: y + dx / 3, bubbles: true, cancelable: true, button: 0, buttons: 1 })
  const took = []
  let last = await frame()
  const measured = async (step) => {
    for (let count = 0; count < ${frames}; count++) {
      step(count)
      const now = await frame()
      took.push(now - last)
      last = now
    }
  }
  layer.dispatchEvent(new MouseEvent('mousedown', at(0)))
  await measured((count) => document.dispatchEvent(new MouseEvent('mousemove', at(200 * Math.sin(count / 8)))))
  document.dispatchEvent(new MouseEvent('mouseup', at(0)))
  await measured((count) => {
    if (count % 8 === 0)
      layer.dispatchEvent(new WheelEvent('wheel', { ...at(0), deltaY: count < ${frames} / 2 ? -120 : 120 }))
  })
  return took
})()`
