import type { Label } from '../../core/labels/label.ts'
import { notify } from '../kit/notices.tsx'
import { changeLabels, type DeskTools, named } from './desk-edits.ts'
import { labelsOf, selectedLabel } from './desk-store.ts'
import { addEdit, ownKind } from './label-edits.ts'

/** Copies the selected label, as one step, to every place without labels where the same is heard again. */
export const copyToRepeats = async (tools: DeskTools): Promise<void> => {
  const label = selectedLabel(tools.desk.getState())
  if (label === null) return
  const repeats = await tools.findRepeats(label)
  const { kind } = label
  const own = ownKind(label.ownKindId)
  const copies = repeats.map(({ startBeat, endBeat }): Label => ({ startBeat, endBeat, kind, ...own, source: 'user' }))
  const before = labelsOf(tools.desk.getState()).length
  changeLabels(tools, addEdit(copies), `${named(tools, label)} copied to its repeats`)
  const count = labelsOf(tools.desk.getState()).length - before
  notify({
    tone: 'plain',
    title:
      count === 0
        ? 'Nothing unlabelled sounds enough like this section'
        : `${kind} copied to ${count} more ${count === 1 ? 'place' : 'places'}`,
  })
}
