import { trimText } from '../../core/units/trim-text.ts'
import { timeText } from '../kit/words/time-text.ts'
import type { ShownPlace, ShownSet } from './set-state.ts'

const nameOf = ({ artist, title }: Pick<ShownPlace, 'artist' | 'title'>): string =>
  artist ? `${artist} – ${title}` : title

const trimOf = ({ trim_db }: Pick<ShownPlace, 'trim_db'>): string => (trim_db === 0 ? '' : `  (${trimText(trim_db)})`)

/** As one pastes it into a message: when each track comes in, and what it is called. */
export const trackListText = ({ name, places }: ShownSet): string =>
  [name, '', ...places.map((place) => `${timeText(place.starts_at)}  ${nameOf(place)}${trimOf(place)}`)].join('\n')
