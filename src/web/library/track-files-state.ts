import { create } from 'zustand'
import { ApiProblem } from '../../api/operations/client.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { analyseAgain, scanAgain } from '../queries/job-requests.ts'
import { useLibrary } from './library-state.ts'
import type { OwnWork } from './own-work-words.ts'

type Asked =
  | { readonly kind: 'remove'; readonly ids: readonly number[]; readonly work: OwnWork }
  /** Ids are null for all missing tracks. */
  | { readonly kind: 'relocate'; readonly ids: readonly number[] | null; readonly title: string }

/** The dialog that is open, if any: the menu, the selection and the palette all open it. */
export const useTrackFiles = create<{ readonly asked: Asked | null }>(() => ({ asked: null }))

export const closeTrackFiles = (): void => useTrackFiles.setState({ asked: null })

const deselect = (ids: readonly number[]): void =>
  useLibrary.setState(({ selected }) => ({ selected: new Set([...selected].filter((id) => !ids.includes(id))) }))

/** Ends the ignoring of files, and scans for them. */
export const readFilesAgain = (files: readonly number[]): void => {
  Promise.all(files.map((id) => client.readmitFile({ params: { id } }))).then(() => void scanAgain(), notifyProblem)
}

/** Ignored files are the only thing that a removal without labels leaves, so that is what its undo takes back. */
const undoOf = async (ignored: number): Promise<{ readonly name: string; readonly run: () => void } | null> => {
  if (ignored === 0) return null
  const latest = (await client.listIgnoredFiles()).slice(0, ignored).map(({ id }) => id)
  return { name: 'Undo', run: () => readFilesAgain(latest) }
}

const tell = async (title: string, detail: string, ignored: number): Promise<void> => {
  const action = await undoOf(ignored)
  notify({ tone: 'plain', title, detail, ...(action ? { action } : {}) })
}

const ignoredText = (files: number): string =>
  files === 0
    ? 'No file was deleted.'
    : `${files === 1 ? 'Its file stays where it is' : `${countText(files, 'file')} stay where they are`} and will be ignored. Settings lists ignored files.`

/** Removes tracks; where there is work of a person on them, that is asked about first. */
export const removeFromLibrary = async (ids: readonly number[], withWork = false): Promise<void> => {
  try {
    const removal = await client.removeTracks({ body: { track_ids: [...ids], with_work: withWork } })
    closeTrackFiles()
    deselect(ids)
    const copied = removal.copy === null ? '' : ' Settings has a copy of the library from before, with all your work.'
    await tell(
      `${countText(removal.removed)} removed`,
      `${ignoredText(removal.ignored_files)}${copied}`,
      removal.copy === null ? removal.ignored_files : 0,
    )
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.code === 'TRACK_HAS_WORK')
      useTrackFiles.setState({ asked: { kind: 'remove', ids, work: error.problem.work as OwnWork } })
    else notifyProblem(error)
  }
}

export const ignoreFiles = async (ids: readonly number[]): Promise<void> => {
  try {
    const { ignored_files: files, kept } = await client.ignoreTracks({ body: { track_ids: [...ids] } })
    deselect(ids)
    const labelled =
      kept === 0 ? '' : ` ${countText(kept)} with your work ${kept === 1 ? 'is' : 'are'} kept under Missing.`
    await tell(
      `${countText(files, 'file')} ignored`,
      `Scans pass over ${files === 1 ? 'it' : 'them'} from now on.${labelled}`,
      files,
    )
  } catch (error) {
    notifyProblem(error)
  }
}

/** @param ids null for all that are missing */
export const openRelocate = (ids: readonly number[] | null, title: string): void =>
  useTrackFiles.setState({ asked: { kind: 'relocate', ids, title } })

/** Does something with the selected tracks, or says that none are. */
export const withSelected = (run: (ids: readonly number[]) => void): void => {
  const ids = [...useLibrary.getState().selected]
  if (ids.length === 0)
    notify({ tone: 'plain', title: 'No track is selected', detail: 'Select some in the library first.' })
  else run(ids)
}

export const removeSelected = (): void => withSelected((ids) => void removeFromLibrary(ids))
export const ignoreSelected = (): void => withSelected((ids) => void ignoreFiles(ids))
export const trySelectedAgain = (): void => withSelected((ids) => void analyseAgain(ids))
export const relocateSelected = (): void => withSelected((ids) => openRelocate(ids, countText(ids.length)))
