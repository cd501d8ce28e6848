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
for %%f in ("%PRODUCT%\plugins\org.eclipse.equinox.launcher_*.jar") do set "LAUNCHER=%%f"
set "AREA=%TEMP%\spectralsignatures-%RANDOM%"
set OMP_WAIT_POLICY=PASSIVE
if "%SPECTRALSIGNATURES_JAVA_OPTS%"=="" set "SPECTRALSIGNATURES_JAVA_OPTS=-Xmx4g"
set ARGS=%*
if "%~1"=="" set ARGS="%ROOT%test-workflows\Spectral Signatures"
java %SPECTRALSIGNATURES_JAVA_OPTS% -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxphysicalbytes=16g -jar "%LAUNCHER%" -configuration "%AREA%" -install "%PRODUCT%" -data @none -nosplash -application org.spectralsignatures.host.batch %ARGS%
set STATUS=%ERRORLEVEL%
rmdir /s /q "%AREA%" 2>nul
exit /b %STATUS%
