const FOCUSABLE = ':is(button, input, select, textarea):enabled, a[href], summary, [tabindex="0"]'

/** Whose child something is, and at which place. */
type Step = { readonly parent: Element; readonly at: number }

/** From an element up to the place that it is in. */
const stepsUp = (place: Element, element: Element): readonly Step[] => {
  const parent = element.parentElement
  if (element === place || parent === null) return []
  return [{ parent, at: [...parent.children].indexOf(element) }, ...stepsUp(place, parent)]
}

/** What is nearest to something that was there: the same in its neighbour before all else. */
const nearestTo = (place: Element, steps: readonly Step[]): HTMLElement | null => {
  for (const [depth, { parent, at }] of steps.entries()) {
    if (!place.contains(parent)) continue
    const children = [...parent.children]
    for (const child of [...children.slice(at), ...children.slice(0, at).reverse()]) {
      const same = steps.slice(0, depth).reduceRight<Element | undefined>((one, step) => one?.children[step.at], child)
      if (same?.matches(FOCUSABLE)) return same as HTMLElement
      const first = child.querySelector<HTMLElement>(FOCUSABLE)
      if (first !== null) return first
    }
  }
  return null
}

/** A ref: where what has the focus is removed or switched off, the focus goes to what is nearest, so that keys lead on from there. */
export const holdFocus = (place: HTMLElement | null): (() => void) | undefined => {
  if (place === null) return undefined
  let held: { readonly element: Element; readonly steps: readonly Step[] } | null = null
  let hasMoved = false
  const hold = ({ target }: FocusEvent): void => {
    held = { element: target as Element, steps: stepsUp(place, target as Element) }
  }
  // Some browsers say so, too, when an element is removed; by then it is gone.
  const leave = ({ target }: FocusEvent): void =>
    queueMicrotask(() => {
      if (held?.element === target && place.contains(held.element)) held = null
    })
  // A key that is held down was meant for what is gone.
  const press = (event: KeyboardEvent): void => {
    hasMoved &&= event.repeat
    if (hasMoved) event.preventDefault()
  }
  const observer = new MutationObserver(() => {
    if (held === null || (place.contains(held.element) && !held.element.matches(':disabled'))) return
    const { element, steps } = held
    held = null
    if (document.activeElement !== document.body && document.activeElement !== element) return
    hasMoved = true
    nearestTo(place, steps)?.focus()
  })
  place.addEventListener('focusin', hold)
  place.addEventListener('focusout', leave)
  place.addEventListener('keydown', press, true)
  observer.observe(place, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  return () => {
    observer.disconnect()
    place.removeEventListener('focusin', hold)
    place.removeEventListener('focusout', leave)
    place.removeEventListener('keydown', press, true)
  }
}
