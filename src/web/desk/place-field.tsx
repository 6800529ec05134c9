import type { ComponentProps, ReactElement } from 'react'

/** Where a place in the track is typed, as bar and beat: "33.1"; the bar alone is its first beat. */
export const PlaceField = (props: ComponentProps<'input'>): ReactElement => (
  <input
    type="text"
    inputMode="decimal"
    autoComplete="off"
    spellCheck={false}
    placeholder="bar.beat"
    title="Bar and beat, for example 33.1"
    {...props}
  />
)
