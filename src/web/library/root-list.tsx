import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { ConfirmedButton } from '../kit/elements/confirmed-button.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notify } from '../kit/notices.tsx'
import { dateText } from '../kit/words/time-text.ts'
import { scanAgain } from '../queries/job-requests.ts'
import { queryOf } from '../queries/query-of.ts'
import { type RootDocument, useRoots } from '../queries/use-roots.ts'
import { removalQuestion } from './removal-question.ts'
import styles from './root-list.module.css'

const stateOf = ({ offline_since, scanned_at }: RootDocument): string => {
  if (offline_since !== null) return `offline since ${dateText(offline_since)}: connect the drive and scan again`
  return scanned_at === null ? 'not read yet' : `read ${dateText(scanned_at)}`
}

const FOLLOWING: Readonly<Record<RootDocument['following'], string>> = {
  told: ' · watched for changes',
  interval: ' · checked from time to time',
  off: '',
}

const Root = ({ root }: { readonly root: RootDocument }): ReactElement => {
  const remove = useMutation({
    mutationFn: () => (root.is_demo ? client.removeDemo() : client.removeRoot({ params: { id: root.id } })),
    onSuccess: ({ message }) => notify({ tone: 'plain', title: 'Folder removed', detail: `${message}.` }),
  })
  const { data: removal } = useQuery({
    ...queryOf('rootRemoval', { params: { id: root.id } }),
    enabled: !root.is_demo,
  })
  const name = root.is_demo ? 'Demo library' : root.path
  return (
    <li className={styles.root}>
      <span className={styles.dot} data-offline={root.offline_since !== null} aria-hidden="true" />
      <span className={styles.path}>
        {name} {root.is_demo && <span className={styles.mark}>demo</span>}
        <span className="quiet">
          {stateOf(root)}
          {FOLLOWING[root.following]}
        </span>
      </span>
      <ConfirmedButton
        disabled={remove.isPending}
        question={root.is_demo ? 'Delete the demo tracks with their labels?' : removalQuestion(removal)}
        answer={root.is_demo ? 'Delete the demo' : 'Remove folder'}
        onConfirm={() => remove.mutate()}
        aria-label={`Remove ${name}`}
      >
        Remove
      </ConfirmedButton>
      {remove.error && <ProblemNote error={remove.error} />}
    </li>
  )
}

/** The folders that the library reads: whether they are there, and when they were read last. */
export const RootList = (): ReactElement | null => {
  const { data: roots, error } = useRoots()
  if (error) return <ProblemNote error={error} />
  if (!roots || roots.length === 0) return null
  return (
    <section aria-label="Folders in the library">
      <ul className={styles.roots}>
        {roots.map((root) => (
          <Root key={root.id} root={root} />
        ))}
      </ul>
      <Button onClick={() => void scanAgain()}>Scan again</Button>
    </section>
  )
}
