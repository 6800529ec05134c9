import { timeText } from '../kit/words/time-text.ts'
import type { ShownPlace, ShownSet } from './set-state.ts'

const nameOf = ({ artist, title }: Pick<ShownPlace, 'artist' | 'title'>): string =>
  artist ? `${artist} – ${title}` : title

/** As one pastes it into a message: when each track comes in, and what it is called. */
export const trackListText = ({ name, places }: ShownSet): string =>
  [name, '', ...places.map((place) => `${timeText(place.starts_at)}  ${nameOf(place)}`)].join('\n')
