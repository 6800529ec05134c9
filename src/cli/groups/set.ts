import { setCompare } from '../commands/set-compare.ts'
import { setCopy } from '../commands/set-copy.ts'
import { setDelete } from '../commands/set-delete.ts'
import { setExport } from '../commands/set-export.ts'
import { setFits } from '../commands/set-fits.ts'
import { setList } from '../commands/set-list.ts'
import { setLock } from '../commands/set-lock.ts'
import { setMake } from '../commands/set-make.ts'
import { setPlan } from '../commands/set-plan.ts'
import { setRedo } from '../commands/set-redo.ts'
import { setRename } from '../commands/set-rename.ts'
import { setRender } from '../commands/set-render.ts'
import { setReplan } from '../commands/set-replan.ts'
import { setSave } from '../commands/set-save.ts'
import { setShow } from '../commands/set-show.ts'
import { setTrim } from '../commands/set-trim.ts'
import { setUndo } from '../commands/set-undo.ts'
import { setVersions } from '../commands/set-versions.ts'
import type { Group } from './group.ts'

export const setGroup: Group = {
  description: 'Plan what to play, keep it, and render it.',
  commands: [
    setPlan,
    setSave,
    setMake,
    setList,
    setShow,
    setReplan,
    setLock,
    setTrim,
    setFits,
    setUndo,
    setRedo,
    setVersions,
    setCompare,
    setRename,
    setCopy,
    setDelete,
    setExport,
    setRender,
  ],
}
