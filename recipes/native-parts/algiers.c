/* What is double-clicked on Windows: starts the program without a console window, and says so if a part of it is missing. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#define LONGEST 32767

static wchar_t folder[LONGEST];
static wchar_t command[LONGEST];
static wchar_t message[LONGEST];

/* The arguments behind the program's own name, as they were written. */
static const wchar_t *arguments(void) {
  const wchar_t *rest = GetCommandLineW();
  int quoted = 0;
  for (; *rest != 0 && (quoted || (*rest != L' ' && *rest != L'\t')); rest++)
    if (*rest == L'"')
      quoted = !quoted;
  return rest;
}

static void append(wchar_t *text, const wchar_t *more) {
  if (lstrlenW(text) + lstrlenW(more) < LONGEST)
    lstrcatW(text, more);
}

static int tell(void) {
  MessageBoxW(NULL, message, L"Algiers", MB_OK | MB_ICONERROR);
  return 1;
}

static int missing(const wchar_t *file) {
  append(message, L"Algiers could not start, because this file is missing:\n\n");
  append(message, file);
  append(message, L"\n\nExtract the whole archive, and start Algiers from there.");
  return tell();
}

/* What Windows says of a file has `%1` in the place of its name. */
static void append_reason(const wchar_t *reason, const wchar_t *file) {
  static wchar_t letter[2];
  for (; *reason != 0; reason++) {
    if (reason[0] == L'%' && reason[1] == L'1') {
      append(message, file);
      reason++;
      continue;
    }
    letter[0] = *reason;
    append(message, letter);
  }
}

/* A file that is there, and that Windows does not start, for the reason that it gives. */
static int refused(const wchar_t *file) {
  static wchar_t reason[1024];
  FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, GetLastError(), 0, reason, 1024, NULL);
  append(message, L"Algiers could not start, because Windows does not run this file:\n\n");
  append(message, file);
  append(message, L"\n\n");
  append_reason(reason, file);
  return tell();
}

/* How a process ends that somebody else has ended: an installation, the end of the session, Ctrl-C. */
static const DWORD CUT[] = {0xFFFFFFFF, DBG_TERMINATE_PROCESS, STATUS_CONTROL_C_EXIT, 130};

/* What the program has told itself, in a window or a page, ends with 0 or 1; by anything else it was not able to tell. */
static int ended(DWORD code) {
  static wchar_t words[256];
  for (size_t at = 0; at < sizeof CUT / sizeof *CUT; at++)
    if (code == CUT[at])
      return (int)code;
  if (code > 1) {
    wsprintfW(words, L"Algiers could not start (exit code %lu, 0x%08lX).\n\nExtract the archive again, and start Algiers from there.", code, code);
    append(message, words);
    tell();
  }
  return (int)code;
}

/* What is set for other programs is not meant for this Node, which some of it keeps from starting. */
static const wchar_t *const OTHERS[] = {L"NODE_OPTIONS", L"NODE_PATH", L"NODE_ICU_DATA", L"NODE_DEBUG", L"OPENSSL_CONF"};

static int run(void) {
  DWORD length = GetModuleFileNameW(NULL, folder, LONGEST);
  while (length > 0 && folder[length - 1] != L'\\')
    length--;
  folder[length] = 0;

  static wchar_t node[LONGEST], script[LONGEST];
  append(node, folder), append(node, L"runtime\\node.exe");
  append(script, folder), append(script, L"app\\lib\\cli\\main.js");
  if (GetFileAttributesW(node) == INVALID_FILE_ATTRIBUTES)
    return missing(node);
  if (GetFileAttributesW(script) == INVALID_FILE_ATTRIBUTES)
    return missing(script);

  append(command, L"\""), append(command, node), append(command, L"\" \""), append(command, script);
  append(command, L"\" open"), append(command, arguments());

  for (size_t at = 0; at < sizeof OTHERS / sizeof *OTHERS; at++)
    SetEnvironmentVariableW(OTHERS[at], NULL);
  static STARTUPINFOW startup = {.cb = sizeof startup};
  static PROCESS_INFORMATION process;
  if (!CreateProcessW(node, command, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, NULL, &startup, &process))
    return refused(node);
  WaitForSingleObject(process.hProcess, INFINITE);
  DWORD code = 1;
  GetExitCodeProcess(process.hProcess, &code);
  return ended(code);
}

/* Where Windows begins: nothing of a C library is needed, so that none is brought. */
void wWinMainCRTStartup(void) { ExitProcess((UINT)run()); }
