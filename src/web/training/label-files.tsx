import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useRef, useState } from 'react'
import { LABEL_FORMAT_TRAITS, WRITTEN_FORMATS } from '../../core/interop/label-format-traits.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { keys } from '../queries/query-keys.ts'
import styles from './label-files.module.css'

/** The endings of the files that an import offers to choose from. */
const ENDINGS = LABEL_FORMAT_TRAITS.map(({ extension }) => extension).join(',')
/** A longer list would fill the screen; the server's report has them all. */
const TOLD_REASONS = 3

type Report = Awaited<ReturnType<typeof client.importLabels>>

const tell = ({ imported, unchanged, skipped, tracks, failures, refused }: Report): void => {
  const reasons = [...failures, ...refused].map(({ file, error }) => `${file}: ${error.detail} ${error.hint}`)
  const more = reasons.length > TOLD_REASONS ? ` And ${reasons.length - TOLD_REASONS} more.` : ''
  notify({
    tone: reasons.length > 0 ? 'problem' : 'plain',
    title: `${imported} ${imported === 1 ? 'label' : 'labels'} imported on ${tracks.length} ${tracks.length === 1 ? 'track' : 'tracks'}`,
    detail: [
      unchanged > 0 && `${unchanged} were there already.`,
      skipped > 0 &&
        `Left out: ${skipped}, which the file marks as doubtful or which are no section of these seven kinds.`,
      reasons.length > 0 && `Refused: ${reasons.length}. ${reasons.slice(0, TOLD_REASONS).join(' ')}${more}`,
    ]
      .filter(Boolean)
      .join(' '),
  })
}

/** Labels in and out as files; what is labelled already stays as it is. */
export const LabelFiles = ({ count }: { readonly count: number }): ReactElement => {
  const queries = useQueryClient()
  const [format, setFormat] = useState<string>(WRITTEN_FORMATS[0]!.name)
  const field = useRef<HTMLInputElement>(null)
  const take = async (chosen: readonly File[]): Promise<void> => {
    const files = await Promise.all(chosen.map(async (file) => ({ name: file.name, text: await file.text() })))
    tell(await client.importLabels({ body: { files } }))
    await queries.invalidateQueries({ queryKey: keys.labels })
  }
  return (
    <span className={styles.files}>
      {count} {count === 1 ? 'label' : 'labels'}
      <select aria-label="Format of the export" value={format} onChange={({ target }) => setFormat(target.value)}>
        {WRITTEN_FORMATS.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      {count > 0 && (
        <a href={`/api/training/labels/export?format=${format}`} download>
          Export
        </a>
      )}
      <input
        ref={field}
        type="file"
        accept={ENDINGS}
        multiple
        hidden
        aria-label="Label files"
        onChange={({ target }) => {
          if (target.files?.length) take([...target.files]).catch(notifyProblem)
          target.value = ''
        }}
      />
      <Button look="bare" onClick={() => field.current?.click()}>
        Import…
      </Button>
    </span>
  )
}
