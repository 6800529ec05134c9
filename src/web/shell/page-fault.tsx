import { Component, type ReactNode } from 'react'
import { Button } from '../kit/elements/button.tsx'
import styles from './app-shell.module.css'

type Props = { readonly children: ReactNode }
type State = { readonly fault: Error | null }

/** A part of the page that could not be drawn, or not be fetched after an update, says so in its place, and the rest goes on. */
export class PageFault extends Component<Props, State> {
  override state: State = { fault: null }

  static getDerivedStateFromError(fault: Error): State {
    return { fault }
  }

  override render(): ReactNode {
    const { fault } = this.state
    if (fault === null) return this.props.children
    return (
      <div className={styles.fault} role="alert">
        <h1>This screen could not be shown</h1>
        <p>{fault.message}</p>
        <p className="quiet">
          Load the page again: everything that was saved is still there. If it happens again, the browser’s console says
          where.
        </p>
        <Button look="main" onClick={() => location.reload()}>
          Load the page again
        </Button>
      </div>
    )
  }
}
