import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { refreshAfter } from '../queries/make-stale.ts'
import { ChooseTrack } from './choose-track.tsx'
import styles from './import-dialog.module.css'
import { closeImport, type ImportedFile, importInto, useImport } from './import-state.ts'

const summaryOf = (files: readonly ImportedFile[], waiting: number): string => {
  if (waiting > 0) return `Reading ${countText(waiting, 'file')}…`
  const imported = files.reduce((sum, one) => sum + one.imported, 0)
  const tracks = new Set(files.flatMap(({ titles }) => titles)).size
  const open = files.filter(({ unmatched }) => unmatched.length > 0).length
  return [
    `${countText(imported, 'label')} imported on ${countText(tracks)}.`,
    open > 0 && `For ${countText(open, 'file')}, choose the track.`,
  ]
    .filter(Boolean)
    .join(' ')
}

const FileRow = ({ row }: { readonly row: ImportedFile }): ReactElement => {
  const queries = useQueryClient()
  /** The name whose track is being chosen. */
  const [chosen, setChosen] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const { file, imported, titles, reasons, unmatched } = row
  const take = async (name: string, trackId: number): Promise<void> => {
    setIsBusy(true)
    try {
      await importInto(row, { name, trackId })
      setChosen(null)
      await refreshAfter(queries, 'labels')
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <tr data-state={imported > 0 ? 'taken' : 'left'}>
      <th scope="row">{file.name}</th>
      <td>
        {imported > 0 ? `${countText(imported, 'label')} on ${titles.join(', ')}` : 'Nothing imported'}
        {reasons.map((reason) => (
          <p key={reason} className="quiet">
            {reason}
          </p>
        ))}
        {unmatched.map(({ name }) =>
          chosen === name ? (
            <ChooseTrack
              key={name}
              name={name}
              isBusy={isBusy}
              onChoose={({ id }) => void take(name, id).catch(notifyProblem)}
            />
          ) : (
            <p key={name} className={styles.unmatched}>
              <span>{name === file.name ? 'No track has this name.' : `No track is called ${name}.`}</span>
              <Button aria-label={`Choose the track for ${name}`} onClick={() => setChosen(name)}>
                Choose the track…
              </Button>
            </p>
          ),
        )}
      </td>
    </tr>
  )
}

/** What came of each file of an import, and a way to say which track is meant. */
export const ImportDialog = (): ReactElement | null => {
  const files = useImport((state) => state.files)
  const waiting = useImport((state) => state.waiting)
  const fraction = useImport((state) => state.fraction)
  if (files === null) return null
  // What needs a person comes first, then what was not taken.
  const rank = ({ unmatched, imported }: ImportedFile): number => (unmatched.length > 0 ? 0 : imported === 0 ? 1 : 2)
  return (
    <DialogFrame title="Imported labels" size="wide" isOpen onClose={closeImport}>
      <p role="status">{summaryOf(files, waiting)}</p>
      {waiting > 0 && <progress aria-label="Progress of the import" max={1} value={fraction} />}
      {files.length > 0 && (
        <table className={styles.files}>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            {files
              .map((row, at) => ({ row, at }))
              .sort((a, b) => rank(a.row) - rank(b.row))
              .map(({ row, at }) => (
                <FileRow key={at} row={row} />
              ))}
          </tbody>
        </table>
      )}
    </DialogFrame>
  )
}
