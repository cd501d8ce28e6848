@echo off
rem Runs a workflow on the headless host; builds what is missing first. See README.md.
setlocal
set "ROOT=%~dp0"
set "PRODUCT=%ROOT%host\product\target\products\org.spectralsignatures.headless\win32\win32\x86_64"
if not exist "%PRODUCT%\plugins" (
    echo Building Spectral Signatures ^(once, some minutes^) ...
    pushd "%ROOT%"
    call mvn -B -DskipTests package > build.log 2>&1
    if errorlevel 1 (
        echo The build failed; see build.log. 1>&2
        popd
        exit /b 1
    )
    popd
)
rem Nothing is built anew behind the back of who edits: another run may be using the product.
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath ($env:PRODUCT + '\artifacts.xml')).LastWriteTime; Set-Location -LiteralPath $env:ROOT; $here = (Get-Location).Path.TrimEnd('\').Length; if (Get-ChildItem plugin, feature, host -Recurse -File | Where-Object { $_.LastWriteTime -gt $built -and $_.FullName.Substring($here) -notmatch '\\(target|lib|tests|test|conformance)\\|\.md$' } | Select-Object -First 1) { exit 7 } else { exit 0 }" 2>nul
if %ERRORLEVEL% equ 7 echo NOTE   Sources are newer than the build: build anew with 'mvn -B -DskipTests clean package'. 1>&2
for %%f in ("%PRODUCT%\plugins\org.eclipse.equinox.launcher_*.jar") do set "LAUNCHER=%%f"
set "AREA=%TEMP%\spectralsignatures-%RANDOM%%RANDOM%"
set "USUAL=%ROOT%test-workflows\Spectral Signatures"
set OMP_WAIT_POLICY=PASSIVE
if "%SPECTRALSIGNATURES_JAVA_OPTS%"=="" set "SPECTRALSIGNATURES_JAVA_OPTS=-Xmx4g"
set ARGS=%*
if "%~1"=="" set ARGS="%USUAL%"
mkdir "%AREA%\tmp"
java "-Djava.io.tmpdir=%AREA%\tmp" %SPECTRALSIGNATURES_JAVA_OPTS% -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxphysicalbytes=16g "-Dspectralsignatures.area=%AREA%" "-Dspectralsignatures.workflow=%USUAL%" -jar "%LAUNCHER%" -configuration "%AREA%\configuration" -install "%PRODUCT%" -data @none -nosplash -application org.spectralsignatures.host.batch %ARGS%
set STATUS=%ERRORLEVEL%
if not exist "%AREA%\ended" (
    echo ERROR  Java ended ^(status %STATUS%^) before the run did. 1>&2
    if exist "%AREA%\configuration\*.log" type "%AREA%\configuration\*.log" 1>&2
    if "%STATUS%"=="0" set STATUS=1
)
rmdir /s /q "%AREA%" 2>nul
exit /b %STATUS%
