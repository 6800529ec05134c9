import { countText } from '../../core/units/count-text.ts'
import { type GraphModel, nameOf } from './graph-model.ts'
import { useGraph } from './graph-state.ts'
import type { Walk } from './graph-walk.ts'

/** Where one is and where it leads, to be read out. */
export const placeWords = ({ trackOf, exitsOf }: GraphModel, { current, choice, path }: Walk): string => {
  const track = current === null ? undefined : trackOf.get(current)
  if (track === undefined) return ''
  const exits = exitsOf(track.id)
  const way = exits[choice]
  const next = way === undefined ? undefined : trackOf.get(way.id)
  const place = path.indexOf(track.id)
  const facts = [
    track.camelot,
    track.tempoBpm === null ? null : `${track.tempoBpm.toFixed(0)} BPM`,
    track.energy === null ? null : `energy ${track.energy}`,
  ].filter((fact) => fact !== null)
  return [
    [nameOf(track), ...facts].join(', '),
    place < 0 ? null : `number ${place + 1} of your path`,
    next === undefined
      ? 'leads nowhere'
      : `${exits.length > 1 ? `way ${choice + 1} of ${countText(exits.length, 'way', 'ways')}: ` : 'leads '}into ${nameOf(next)}, ${way!.score.toFixed(2)}`,
  ]
    .filter((words) => words !== null)
    .join('; ')
}

export const usePlaceWords = (model: GraphModel): string => useGraph(({ walk }) => placeWords(model, walk))
