import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useRef, useState } from 'react'
import { addressOf } from '../../api/operations/client.ts'
import {
  READ_ENDINGS,
  READ_FORMATS_TEXT,
  WRITTEN_FORMATS,
  type WrittenFormatName,
} from '../../core/interop/label-format-traits.ts'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { refreshAfter } from '../queries/make-stale.ts'
import { ImportDialog } from './import-dialog.tsx'
import { importFiles } from './import-state.ts'
import styles from './label-files.module.css'
import { ProgramExport } from './program-export.tsx'

/** Labels in and out as files; what is labelled already stays as it is. */
export const LabelFiles = ({ count }: { readonly count: number }): ReactElement => {
  const queries = useQueryClient()
  const [format, setFormat] = useState<WrittenFormatName>(WRITTEN_FORMATS[0]!.name)
  const field = useRef<HTMLInputElement>(null)
  const take = async (chosen: readonly File[]): Promise<void> => {
    await importFiles(chosen)
    await refreshAfter(queries, 'labels')
  }
  return (
    <span className={styles.files}>
      {countText(count, 'label')}
      <select
        aria-label="Format of the export"
        value={format}
        onChange={({ target }) => setFormat(target.value as WrittenFormatName)}
      >
        {WRITTEN_FORMATS.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      {count > 0 && (
        <a href={addressOf('exportLabels', { query: { format } })} download>
          Export
        </a>
      )}
      <input
        ref={field}
        type="file"
        accept={READ_ENDINGS.join(',')}
        multiple
        hidden
        aria-label="Label files"
        onChange={({ target }) => {
          if (target.files?.length) take([...target.files]).catch(notifyProblem)
          target.value = ''
        }}
      />
      <Button look="bare" title={`Reads ${READ_FORMATS_TEXT}`} onClick={() => field.current?.click()}>
        Import…
      </Button>
      <ProgramExport />
      <ImportDialog />
    </span>
  )
}
