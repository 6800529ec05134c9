import { gridConfirm } from '../commands/grid-confirm.ts'
import { gridDouble } from '../commands/grid-double.ts'
import { gridHalve } from '../commands/grid-halve.ts'
import { gridImport } from '../commands/grid-import.ts'
import { gridMetre } from '../commands/grid-metre.ts'
import { gridPhrase } from '../commands/grid-phrase.ts'
import { gridPin } from '../commands/grid-pin.ts'
import { gridReAnchor } from '../commands/grid-re-anchor.ts'
import { gridShift } from '../commands/grid-shift.ts'
import type { Group } from './group.ts'

export const gridGroup: Group = {
  description: 'Correct a beat grid; labels keep their place in the music.',
  commands: [gridShift, gridHalve, gridDouble, gridReAnchor, gridPin, gridPhrase, gridMetre, gridImport, gridConfirm],
}
