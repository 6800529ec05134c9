export type FolderWatch = { readonly close: () => Promise<void> }

export type FolderListener = {
  /** Something was made, changed or deleted at these absolute paths. */
  readonly onChange: (paths: readonly string[]) => void
  /** From now on changes may have been missed. */
  readonly onError: (error: Error) => void
}

/**
 * Watches a folder and all folders in it with what the operating system has for that.
 * @throws where the file system or a limit of the system (`fs.inotify.max_user_watches`) does not allow it, or where
 *   there is no watcher for this platform
 */
export const watchFolder = async (folder: string, { onChange, onError }: FolderListener): Promise<FolderWatch> => {
  const { default: watcher } = await import('@parcel/watcher')
  const subscription = await watcher.subscribe(folder, (error, events) => {
    if (error) onError(error)
    else onChange(events.map(({ path }) => path))
  })
  return {
    close: async () => {
      // The watcher refuses to let go of a folder that has gone, which is as good as let go.
      await subscription.unsubscribe().catch(() => {})
    },
  }
}
