@echo off
rem Runs the idc4j command; builds it first if it is missing.
rem Exits with 3 if the command cannot start, otherwise with the exit code of the command.
setlocal EnableExtensions DisableDelayedExpansion
set "HOME_FOLDER=%~dp0"
set "TARGET=%HOME_FOLDER%cli\target"
set "COMMAND=%~1"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

rem Java 17 is the first version with this option.
set "OPTIONS=--enable-native-access=ALL-UNNAMED"
rem Not in a block, which a path such as C:\Program Files (x86) would end.
"%JAVA%" %OPTIONS% -version >nul 2>&1 && goto java_found
echo idc4j: "%JAVA%" is missing, or older than Java 17. Install a JDK, version 17 or newer, or set JAVA_HOME to one. 1>&2
exit /b 3
:java_found

rem Looks for the beginnings of the options that need optional modules. An empty argument ("") is
rem not the end of the arguments, so the quotes are removed after the test for the end.
set "BUCKET_LISTING="
set "BIGQUERY="
set "POSTGRESQL="
if "%IDC4J_SERVE_STATE:~0,16%"=="jdbc:postgresql:" set "POSTGRESQL=1"
:next
set ARGUMENT=%1
if not defined ARGUMENT goto scanned
set "ARGUMENT=%ARGUMENT:"=%"
if "%ARGUMENT:~0,23%"=="--instances-from-bucket" set "BUCKET_LISTING=1"
if "%ARGUMENT:~0,10%"=="--bigquery" set "BIGQUERY=1"
if "%ARGUMENT:~0,16%"=="jdbc:postgresql:" set "POSTGRESQL=1"
shift
goto next
:scanned

rem The modules that the command line needs, and its class path.
set "MODULES="
set "CLASS_PATH=%TARGET%\lib\*"
if not exist "%TARGET%\built" set "MODULES=cli"
if defined BUCKET_LISTING call :optional bucket-listing
if defined BIGQUERY call :optional bigquery
if defined POSTGRESQL call :optional postgresql

if defined MODULES (
  where mvn >nul 2>&1
  if errorlevel 1 (
    echo idc4j: no Maven found. Install Maven, version 3.6.3 or newer, to build the command. 1>&2
    exit /b 3
  )
  echo Building idc4j. The first build downloads its libraries and takes a few minutes ... 1>&2
  pushd "%HOME_FOLDER%"
  call mvn -B -ntp -q package -pl %MODULES% -am -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip
  if errorlevel 1 (
    popd
    echo idc4j: the build failed. Maven's messages are above. 1>&2
    exit /b 3
  )
  popd
  for %%M in (%MODULES%) do echo built > "%HOME_FOLDER%%%M\target\built"
)

rem Options of the user's own win over these defaults.
set "USER_OPTIONS=%JAVA_TOOL_OPTIONS% %JDK_JAVA_OPTIONS% %IDC4J_JAVA_OPTIONS% %_JAVA_OPTIONS%"
echo "%USER_OPTIONS%" | findstr /r "XX:+Use[A-Za-z0-9]*GC" >nul || set "OPTIONS=%OPTIONS% -XX:+UseSerialGC"
if not "%COMMAND%"=="serve" set "OPTIONS=%OPTIONS% -XX:TieredStopAtLevel=1"

rem The list of all arguments is as it was before shift.
"%JAVA%" %OPTIONS% %IDC4J_JAVA_OPTIONS% -cp "%CLASS_PATH%" io.github.idc4j.cli.Main %*
exit /b %ERRORLEVEL%

rem Adds the optional module %1.
:optional
set "CLASS_PATH=%CLASS_PATH%;%HOME_FOLDER%%1\target\lib\*"
if exist "%HOME_FOLDER%%1\target\built" exit /b 0
if defined MODULES (set "MODULES=%MODULES%,%1") else set "MODULES=%1"
exit /b 0
