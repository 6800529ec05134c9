import type { ReactElement } from 'react'
import { ApiProblem } from '../../../api/operations/client.ts'
import { useTelling } from '../told-problems.ts'
import styles from './problem-note.module.css'

/** A problem is told in its place: title, cause and what to do, in the server's words where it has some. */
export const ProblemNote = ({ error }: { readonly error: Error }): ReactElement => {
  const { title, detail, hint } =
    error instanceof ApiProblem
      ? error.problem
      : {
          title: 'Not loaded',
          detail: error.message,
          hint: 'Is Algiers still running? Start it again: this page will reconnect.',
        }
  useTelling({ title, detail: `${detail} ${hint}` })
  return (
    <div className={styles.problem} role="alert">
      <strong>{title}</strong>
      <p>{detail}</p>
      <p className="quiet">{hint}</p>
    </div>
  )
}
