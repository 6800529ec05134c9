type Entry = { readonly title: string; readonly hint: string; readonly exit: 1 | 4 }

const entry = (title: string, hint: string, exit: 1 | 4 = 1): Entry => ({ title, hint, exit })

/** Every error that a user can meet: its constant title, what to do about it, and the exit code of the command line. */
export const errorCatalogue = {
  // audio
  AUDIO_NOT_FOUND: entry('File not found', 'Check the path; if the drive was unplugged, connect it and scan again.'),
  AUDIO_UNREADABLE: entry('File cannot be read', 'Check the permissions of the file and its folder.'),
  NOT_A_FILE: entry('Not a file', 'Give an audio file, not a folder, device or pipe.'),
  AUDIO_EMPTY: entry('Empty file', 'The file holds no bytes: copy or download it again.'),
  AUDIO_FORMAT_UNKNOWN: entry(
    'Not an audio file',
    'The contents are not in a known audio format, whatever the name says.',
  ),
  AUDIO_NO_STREAM: entry(
    'No audio in the file',
    'The file holds tags or a cover but no sound: download or copy it again.',
  ),
  AUDIO_DECODE_FAILED: entry('Audio cannot be decoded', 'The file is damaged: rip or download it again.'),
  AUDIO_TOO_SHORT: entry('Audio too short', 'At least 5 seconds are needed for a beat grid.'),
  AUDIO_TOO_LONG: entry('Audio too long', 'Split mixes into tracks, or raise the limit in the settings.'),
  AUDIO_SILENT: entry('Audio is silent', 'There is nothing to analyse: check the file in a player.'),
  AUDIO_NOT_FINITE: entry('Audio holds invalid samples', 'The file holds NaN or infinite samples: export it again.'),
  DECODER_MISSING: entry('No decoder for this format', 'Install ffmpeg so that it is on the PATH, or convert to FLAC.'),
  DECODER_TIMEOUT: entry('Decoding took too long', 'The file may be damaged; raise the limit if the machine is slow.'),
  DECODER_CRASHED: entry('Decoder crashed', 'The file made the decoder crash; other files are not affected.'),
  DECODER_OUT_OF_MEMORY: entry('Decoding needs too much memory', 'The file is damaged or far too long.'),
  AUDIO_CHANGED: entry('File has changed', 'Scan the library again to read the new sound.'),
  // grid
  BEATS_NOT_FOUND: entry('No beat found', 'There is no steady pulse to build a beat grid on.'),
  GRID_CHANGED: entry('Grid was changed elsewhere', 'Load the track again and repeat the edit.'),
  GRID_EDIT_INVALID: entry('Grid edit not possible', 'See the detail.'),
  // library
  ROOT_NOT_FOUND: entry('Folder not found', 'Check the path of the folder.'),
  ROOT_NOT_A_FOLDER: entry('Not a folder', 'Add a folder that holds music.'),
  OUTSIDE_LIBRARY: entry(
    'Link leads out of the library',
    'Add the folder that it leads to, or replace the link with the files themselves.',
  ),
  ROOT_NOT_ALLOWED: entry('Folder cannot be added', 'Algiers keeps its own files here: add a folder of music.'),
  ROOT_OFFLINE: entry('Folder is offline', 'Connect the drive and scan again; nothing was deleted.'),
  TRACK_NOT_FOUND: entry('Track not found', 'Look for it in the list of tracks: it may have been removed.'),
  TRACK_HAS_WORK: entry('Your work would be lost', 'Export the labels first, or confirm that they may go too.'),
  OTHER_AUDIO: entry(
    'Different recording',
    'Choose a file with the same recording, or add this one as a track of its own.',
  ),
  RELOCATION_NOT_FOUND: entry('Not found there', 'Choose the folder that the files were moved to.'),
  IGNORED_FILE_NOT_FOUND: entry(
    'File is not ignored',
    'Look at the list of ignored files: it may have been taken off it.',
  ),
  NOTES_CHANGED: entry('Notes were changed elsewhere', 'Look at the track again, and repeat the change.'),
  TOO_MANY_TAGS: entry('Too many tags', 'Take some of them off first; nothing was changed.'),
  PLAYLIST_NOT_FOUND: entry('Playlist not found', 'Look at the list of playlists: it may have been removed.'),
  PLAYLIST_IS_SMART: entry(
    'Smart playlist',
    'It finds its tracks by its filter: change that, or make a plain playlist of it first.',
  ),
  PLAYLIST_FILTER_NESTED: entry(
    'Smart playlist of a smart playlist',
    'Use the filter of the other one, or name a playlist whose tracks you chose.',
  ),
  PLAYLIST_CHANGED: entry('Playlist has changed since', 'Take back what was done later first.'),
  NOTHING_TO_TAKE_BACK: entry('Nothing to take back', 'Nothing was done with playlists since.'),
  ANALYSIS_REQUIRED: entry('Track not analysed', 'Scan the library first.'),
  // labels
  LABELS_CHANGED: entry('Labels were changed elsewhere', 'Load the labels of the track again and repeat the edit.'),
  LABEL_NOT_FOUND: entry('Label not found', 'Look at the labels of the track: it may have been deleted.'),
  LABEL_KIND_UNKNOWN: entry('Unknown section kind', 'Use intro, build, drop, break, outro, verse or chorus.'),
  LABEL_SPAN_INVALID: entry('Invalid span', 'The end must come after the start, and both must be finite numbers.'),
  LABEL_TOO_SHORT: entry('Section too short', 'A section needs at least 4 beats; 8 or more are better.'),
  LABEL_OUT_OF_TRACK: entry('Span beyond the track', 'Keep the span between beat 0 and the last beat of the track.'),
  LABEL_OVERLAP: entry('Labels overlap', 'Trim or delete the other label first, or choose to trim overlaps.'),
  LABEL_TIMES_DISAGREE: entry('Beats and seconds disagree', 'Give beats or seconds; both must agree to half a beat.'),
  SECTION_NOT_FOUND: entry('Section not found', 'Load the sections of the track again: they have changed.'),
  SUGGESTION_NOT_FOUND: entry('Suggestion not found', 'Load the suggestions of the track again: they have changed.'),
  // sets
  SET_POOL_EMPTY: entry('No tracks to choose from', 'Widen the filter, or scan the library first.'),
  SET_WISH_CONTRADICTORY: entry('These wishes contradict each other', 'Take one of them back.'),
  SET_IMPOSSIBLE: entry('No such set is possible', 'Allow larger steps, or add tracks to choose from.'),
  // interop
  FORMAT_UNKNOWN: entry(
    'Unknown file format',
    'Save or export the labels in a format that Algiers reads, and try again.',
  ),
  LABEL_FILE_NOT_FOUND: entry('Label file not found', 'Check the path of the file with the labels.'),
  IMPORT_MALFORMED: entry('File cannot be read as labels', 'See the detail for the line or field.'),
  FOREIGN_LIBRARY_NOT_FOUND: entry(
    'No DJ library found',
    'Choose the file, the folder or the drive that holds the library of the other program.',
  ),
  IMPORT_NOT_FOUND: entry('Import not found', 'Look at the list of imports: it may have been taken back.'),
  EXPORT_EXISTS: entry('File already exists', 'Choose another name.'),
  TAGS_NOT_WRITABLE: entry(
    'Tags cannot be written',
    'The file is as it was; export playlists or a library file instead.',
  ),
  // training and models
  NEED_MORE_LABELS: entry('Need more labels', 'Add at least 10 samples per class', 4),
  NEED_MORE_CLASSES: entry('Need 2+ classes', 'Label at least 2 different section types', 4),
  TRAINING_TIMEOUT: entry('Training timeout', 'Reduce dataset size or check memory'),
  TRAINING_OUT_OF_MEMORY: entry('Training needs too much memory', 'Close other programs, or train on fewer tracks.'),
  TRAINING_AUDIO_MISSING: entry('Labelled audio is gone', 'Connect the drive or scan again; the labels are kept.'),
  MODEL_EXPORT_FAILED: entry('Model export failed', 'Check disk space, restart'),
  MODEL_NOT_FOUND: entry('Model not found', 'Check model path in settings'),
  MODEL_CORRUPT: entry('Model not found', 'The file is damaged: delete this version and train again.'),
  INCOMPATIBLE_MODEL: entry('Incompatible model', 'Retrain with the current version'),
  MODEL_TIMEOUT: entry('Model takes too long', 'Activate another version, and delete this one.'),
  INFERENCE_UNAVAILABLE: entry(
    'Network cannot run here',
    'Leave out the provider, and Algiers chooses one that works on this machine.',
  ),
  BUNDLE_INVALID: entry('Not a model bundle', 'Ask the sender to export the model again.'),
  BUNDLE_CHECKSUM_MISMATCH: entry('Model bundle is damaged', 'Copy or download it again.'),
  BUNDLE_TOO_LARGE: entry('Model bundle too large', 'An Algiers model takes a few megabytes at most.'),
  MODEL_SHIPPED: entry('The shipped model cannot be changed', 'Name or delete a version of your own instead.'),
  MODEL_ACTIVE: entry('Cannot delete the active version', 'Activate another version first.'),
  // jobs
  TRAINING_IN_PROGRESS: entry('Training is already running', 'Wait for it to end, or cancel it.'),
  LIBRARY_BUSY: entry('Algiers is busy', 'Wait until the jobs have ended, or cancel them.'),
  JOB_NOT_FOUND: entry('Job not found', 'List the jobs; ids look like job_12.'),
  JOB_UNKNOWN: entry('Job is unknown here', 'A newer Algiers made it: update Algiers, and start it again.'),
  JOB_NOT_CANCELLABLE: entry('Job has already ended', 'There is nothing left to cancel.'),
  JOB_NOT_RETRYABLE: entry('Nothing to retry', 'Only jobs that failed or were cancelled can be tried again.'),
  INTERRUPTED: entry('Interrupted', 'Algiers was closed while the job was running: start the job again.'),
  QUEUE_FULL: entry('Too many jobs are waiting', 'Wait until some have ended, or cancel them.'),
  // requests
  HOST_NOT_ALLOWED: entry('Host not allowed', 'Open the address that Algiers printed when it started.'),
  ORIGIN_NOT_ALLOWED: entry('Origin not allowed', 'Only pages served by Algiers may ask for this.'),
  UNAUTHENTICATED: entry(
    'Token missing or wrong',
    'Open the whole address that Algiers printed, or send Authorization: Bearer …',
  ),
  MALFORMED_REQUEST: entry('Malformed request', 'See the detail; the address and the body must be well-formed.'),
  VALIDATION_FAILED: entry('Request not valid', 'See errors for the fields that must change.'),
  PAYLOAD_TOO_LARGE: entry('Request too large', 'Send less at once.'),
  UNSUPPORTED_MEDIA_TYPE: entry('Unsupported content type', 'Send JSON as application/json.'),
  ROUTE_NOT_FOUND: entry('No such address', 'GET /api/openapi.json lists all of them.'),
  METHOD_NOT_ALLOWED: entry('Method not allowed here', 'The header Allow names the methods of this address.'),
  PAGE_NOT_BUILT: entry('No page here', 'Start Algiers again: that builds the page. The API works without it.'),
  RANGE_NOT_SATISFIABLE: entry('Range outside the file', 'Ask for bytes within the file.'),
  OVERLOADED: entry('Too many requests at once', 'Wait until some are answered, then ask again.'),
  SHUTTING_DOWN: entry('Algiers is shutting down', 'Start it again; everything that was saved is kept.'),
  SETTING_INVALID: entry('Setting not allowed', 'See the detail for the limits.'),
  // system
  PORT_IN_USE: entry('Port is in use', 'Close the program that uses it, or choose another port.'),
  ALREADY_RUNNING: entry('Data directory is in use', 'Another Algiers is using it: close that one first.'),
  TOKEN_UNAVAILABLE: entry('No access token', 'Have Algiers make a new token, or let it serve only this machine.'),
  SCHEMA_TOO_NEW: entry('Data is from a newer Algiers', 'Update Algiers; nothing was changed.'),
  DATA_DIR_UNWRITABLE: entry('Data directory cannot be written', 'Check the permissions of the folder.'),
  BACKUP_NOT_FOUND: entry('Copy not found', 'Look at the list of copies: it may have been deleted.'),
  DATABASE_GONE: entry(
    'Library file is gone',
    'Nothing more is saved: put the file back, or close Algiers, start it again and restore a copy.',
  ),
  DATABASE_MISSING: entry(
    'Library file is missing',
    'Put it back, or restore one of the copies. To begin a new library, move what is left of this one elsewhere.',
  ),
  DATABASE_DAMAGED: entry('Library file is damaged', 'Nothing was changed. Restore one of the copies of the library.'),
  STORAGE_FULL: entry('Disk is full', 'Free some space and try again; nothing was lost.'),
  STORAGE_READ_ONLY: entry('Disk is read-only', 'Make the data directory writable again; nothing was lost.'),
  STORAGE_IO_ERROR: entry('Disk error', 'The disk may be failing: check it, and copy the data directory elsewhere.'),
  CANCELLED: entry('Cancelled', 'Start it again when you like.'),
} as const satisfies Record<string, Entry>

export type ErrorCode = keyof typeof errorCatalogue
