import { notify, notifyProblem } from '../kit/notices.tsx'
import { playNeighbour } from './player.ts'

/** The track before or after in the list that playing began in; at its end that is said. */
export const goTo = (direction: 1 | -1): void => {
  playNeighbour(direction)
    .then((isThere) => {
      if (!isThere)
        notify({
          tone: 'plain',
          title: direction === 1 ? 'This is the last track of the list' : 'This is the first track of the list',
        })
    })
    .catch(notifyProblem)
}
